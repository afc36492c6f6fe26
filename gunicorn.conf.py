"""gunicorn reads this file if it is started in this folder."""

from claimtrack.server import *
