"""How much may be read at once. Whatever is over is refused with a sentence; nothing is cut off silently."""

MOST_FILE_BYTES = 50_000_000  # of a deck, a Word file or a workbook: most of it is pictures, which are not read
TOO_LARGE = f"It is larger than {MOST_FILE_BYTES // 1_000_000} MB. Save it without its pictures and try that."
MOST_TEXT_BYTES = 5_000_000  # of a text, a CSV file or a web page
TOO_LARGE_A_TEXT = f"It is larger than {MOST_TEXT_BYTES // 1_000_000} MB, more than any agenda."
MOST_PAGES = 500
MOST_LINES = 5_000
MOST_BREAKS = 100_000  # of lines in a text, empty ones among them
MOST_LINE_CHARACTERS = 12_000  # a whole agenda on one line is not unheard of; what takes too long is stopped
MOST_CHARACTERS = 300_000

# Inside a deck, a Word file or a workbook
MOST_ENTRIES = 10_000
MOST_PARTS = 2_000  # that are read
MOST_PART_BYTES = 15_000_000  # unpacked, of one part
MOST_UNPACKED_BYTES = 30_000_000  # of all parts that are read
MOST_RATIO = 250  # unpacked to packed, of a part over a megabyte
RATIO_FROM_BYTES = 1_000_000
DEEPEST = 200  # elements within elements
MOST_ELEMENTS = 500_000  # of one part
MOST_COLUMNS = 100  # that keep their place; what stands further right moves up to them
