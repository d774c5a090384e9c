"""Whole pages for readers, answered before Django does anything.

The WSGI wrapper is in wrapper.py, the threads in which Django makes pages in makers.py; what a request asks for in
key.py; a stored page in page.py, what it may say to a browser in conditions.py; the pages that are held in shelf.py;
whether they still hold in watch.py; and how a database that hangs lets go of this process in hanging.py.
"""
