"""Django behind any WSGI server; our own server uses the same handler."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.web.settings")
application = get_wsgi_application()
