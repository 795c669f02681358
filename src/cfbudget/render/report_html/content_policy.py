"""The content-security policy of a report: its own style and script, and nothing else at all."""

from base64 import b64encode
from hashlib import sha256


def content_policy(style: str, script: str) -> str:
    """What a browser may run and load, by the digest of what stands in the page.

    Args:
        style: what stands between the tags, to the letter.
        script: the same.
    """
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
