#!/usr/bin/env python
import os
import sys

from claimtrack.__main__ import manage

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    manage(*sys.argv)
