"""The settings of a machine that is so busy that a process starts slowly: SLOW_START in seconds."""

import os
import time

from tests.settings import *  # noqa: F403

time.sleep(float(os.environ["SLOW_START"]))
