"""An OpenID Connect provider for tests, in a process of its own: oidc-provider-mock, which is Authlib's."""

import importlib.util
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

CLAIMS = {
    "email": "noor@desk.example",
    "email_verified": True,
    "preferred_username": "noor",
    "given_name": "Noor",
    "family_name": "Vasse",
    "groups": ["fact-check"],
}


class Provider:
    def __init__(self, issuer):
        self.issuer = issuer

    def say(self, sub, **claims):
        """Let the provider say CLAIMS about `sub`, with these changes; None removes a claim."""
        said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
        requests.put(f"{self.issuer}/users/{sub}", json=said, timeout=5).raise_for_status()


@contextmanager
def running():
    if importlib.util.find_spec("oidc_provider_mock") is None:
        pytest.skip("oidc-provider-mock is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # Its libraries warn about each other.
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            provider = Provider(f"http://localhost:{port}")
            with requests.Session() as session:
                session.mount("http://", HTTPAdapter(max_retries=Retry(20, backoff_factor=0.1, backoff_max=1)))
                session.get(f"{provider.issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
            yield provider
        finally:
            process.terminate()


def configure(settings, provider):
    settings.CLAIMTRACK_OIDC_ISSUER = provider.issuer
    settings.CLAIMTRACK_OIDC_CLIENT_ID = "claimtrack"
    settings.CLAIMTRACK_OIDC_CLIENT_SECRET = "a secret"
    settings.CLAIMTRACK_OIDC_NAME = "the newsroom"
    settings.CLAIMTRACK_OIDC_ROLES = {"fact-check": "Moderator", "chiefs": "Editor", "interns": "Contributor"}
