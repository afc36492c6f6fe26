from typing import Any

from allauth.account import forms


class LoginForm(forms.LoginForm):
    """Allauth's form with the focus in its first field, so that signing in needs no mouse."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autofocus"] = True
