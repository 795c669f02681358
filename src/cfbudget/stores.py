"""Files that stand in a store, such as s3, and are named by an address: `s3://bucket/plans`.

fsspec reaches them, with a library for each kind of store, and with the credentials that this
library finds in the environment.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO
from typing import Any

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
LIBRARIES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
}
"""What is to be installed for a kind of store, by what its addresses begin with."""
EXTRA = "pip install 'cfbudget[cluster]'"
CHECK = "check the address, the network, and the credentials in the environment"


class NotReached(OSError):
    """A store did not do what was asked, and what to do about it."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(EIO, reason)
        self.reason, self.hint = reason, hint


def is_address(named: str) -> bool:
    """Whether a name is an address, and no path of this machine."""
    return bool(ADDRESS.match(named))


def beneath(folder: str, name: str) -> str:
    """The address of what has a name in a folder."""
    return f"{folder.rstrip('/')}/{name}"


def sizes_in(folder: str) -> dict[str, int | None]:
    """What stands in a folder: the bytes that each file has, by name; None for a folder.

    Where the address is a file's, its name is empty.

    Raises:
        NotReached: the store cannot be reached, or has no such folder.
    """
    with _in_words(folder):
        store, path = _store(folder)
        # A store remembers what it listed, and a worker lives long: files may have come since.
        store.invalidate_cache()
        found = store.ls(path, detail=True)
    sizes: dict[str, int | None] = {}
    for one in found:
        name = str(one["name"])
        if name == path:
            sizes[""] = int(one["size"])
        elif name.rstrip("/") != path:  # else it only marks that the folder is there
            is_file = one["type"] == "file"
            sizes[name.rstrip("/").rpartition("/")[2]] = int(one["size"]) if is_file else None
    return sizes


def content(address: str) -> bytes:
    """The bytes of a file.

    Raises:
        NotReached: there is none, or the store cannot be reached.
    """
    with _in_words(address):
        store, path = _store(address)
        return bytes(store.cat_file(path))


def put(address: str, content: bytes) -> None:
    """Store a file whole: no reader ever sees half of it.

    Raises:
        NotReached: it could not be stored.
    """
    with _in_words(address):
        store, path = _store(address)
        store.pipe_file(path, content)


def _store(address: str) -> tuple[Any, str]:
    """The store that has an address, and the path that it has there."""
    from fsspec.core import url_to_fs  # an extra, and seldom needed

    store, path = url_to_fs(address)
    return store, str(path).rstrip("/")


@contextmanager
def _in_words(address: str) -> Iterator[None]:
    """Whatever a store's library raises is what the store refused: each has errors of its own."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name == "fsspec":
            raise NotReached("addresses need fsspec, which is not installed", EXTRA) from None
        raise _lacking(address) from None
    except ImportError:
        raise _lacking(address) from None
    except Exception as error:
        raise _words(error) from None


def _lacking(address: str) -> NotReached:
    kind = address.partition("://")[0].lower()
    library = LIBRARIES.get(kind)
    if library is None:
        return NotReached(f"{kind}:// needs a library that is not installed", CHECK)
    return NotReached(
        f"{kind}:// needs {library}, which is not installed", f"pip install {library}"
    )


def _words(error: Exception) -> NotReached:
    if isinstance(error, NotReached):
        return error
    if isinstance(error, FileNotFoundError):
        return NotReached("this folder does not exist", "name the folder of the plan's files")
    if isinstance(error, PermissionError):
        hint = "give credentials in the environment, as for other programs that read this store"
        return NotReached("the store refuses it to you", hint)
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return NotReached(f"the store cannot be used: {' '.join(str(said).split())}", CHECK)
