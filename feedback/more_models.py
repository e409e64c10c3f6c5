"""The tables that stand in a file of their own. Django looks for them in models.py, which brings these."""

from . import connection_models as connection_models
from . import letter_models as letter_models
from . import queue_models as queue_models
from . import report_models as report_models
from . import sheet_models as sheet_models
from . import survey_models as survey_models
from . import theme_models as theme_models
