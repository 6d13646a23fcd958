"""The application that a WSGI server (granian) runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
os.environ["MINZHENG_PROCESS"] = "web"  # logs in to the database as the role that row-level security binds
application = get_wsgi_application()
