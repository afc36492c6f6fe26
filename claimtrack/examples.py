"""What all examples of the OpenAPI document share.

They tell one invented story, which sources.examples begins and claims.examples ends.
"""

from typing import Any

# A piece of JSON.
Example = dict[str, Any]
SITE = "https://desk.example"
API = f"{SITE}/api/v1"
FILED, PROPOSED, PUBLISHED = (f"2026-03-15T{time}Z" for time in ("09:12:40", "09:20:05", "11:47:31"))
