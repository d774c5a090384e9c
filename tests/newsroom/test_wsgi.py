"""The development server starts Django, which sees nothing of the environment of the process, and what follows."""

from django.core.handlers.wsgi import WSGIHandler

from newsroom.follow_ups import WithFollowUps
from newsroom.request_environ import RequestEnviron
from newsroom.wsgi import application


def test_the_application_is_django():
    layers = [application, application.application, application.application.application]
    assert [type(layer) for layer in layers] == [WithFollowUps, RequestEnviron, WSGIHandler]
