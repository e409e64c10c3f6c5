#!/usr/bin/env python
"""Django's command line. Newcomers want `python3 run.py` instead: it also makes the environment."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masterclass.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # the sentence for whoever set it, without the way through Django
