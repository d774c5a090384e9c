"""Whole pages for readers, answered before Django does anything.

The cache is in wrapper.py, the threads in which Django renders pages in renderers.py and workers.py; what a request
asks for in key.py; a stored page in page.py, what it may say to a browser in conditions.py; the pages that are held in
store.py, and which of them stay longer in prioritised_store.py; whether they still hold in change_watcher.py; how a
database that hangs lets go of this process in watchdog.py; and the answer where there is no page in unavailable.py.
"""
