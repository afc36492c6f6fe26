"""Sign-in to the desk by password, passkey or OpenID Connect, with django-allauth."""
