"""How a file comes in: in memory, and never onto the disk, where a photo of people's words would be left behind."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class FilesInMemory(MemoryFileUploadHandler):
    """What is larger than FILE_UPLOAD_MAX_MEMORY_SIZE is not read; the form then says that the file is too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self.activated:
            raise StopUpload(connection_reset=False)
        super().new_file(*args, **kwargs)
