"""Signing in to the desk by password, passkey or OpenID Connect: django-allauth, as this desk runs it."""
