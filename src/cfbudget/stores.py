"""Files that stand in a store, such as s3, and are named by an address: `s3://bucket/plans`.

fsspec reaches them, with a library for each kind of store, and with the credentials that this
library finds in the environment.
"""

import re
from collections.abc import Iterable, Iterator
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
NOWHERE = ("there is no such place", "make the bucket first, or name another")
CHECK = "check the address, the network, and the credentials in the environment"


class NotReached(OSError):
    """A store did not do what was asked, and what to do about it."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(EIO, reason)
        self.reason, self.hint = reason, hint

    def __reduce__(self) -> "tuple[type[NotReached], tuple[str, str]]":
        return NotReached, (self.reason, self.hint)  # it comes from a worker too


def is_address(named: str) -> bool:
    """Whether a name is an address, and no path of this machine."""
    return bool(ADDRESS.match(named))


def local_name(named: str) -> str:
    """What file:// names, as the path that it is; anything else as it stands."""
    return named.removeprefix("file://")


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


def names_below(folder: str) -> tuple[str, ...]:
    """All files in and below a folder, by their path from there; none where there is no folder.

    Raises:
        NotReached: the store cannot be reached.
    """
    with _in_words(folder, *NOWHERE):
        store, path = _store(folder)
        store.invalidate_cache()
        found = store.find(path)
    below = (str(name).removeprefix(path).lstrip("/") for name in found)
    return tuple(sorted(name for name in below if name))


def put(address: str, content: bytes) -> None:
    """Store a file whole: no reader ever sees half of it.

    Raises:
        NotReached: it could not be stored.
    """
    with _in_words(address, *NOWHERE):
        store, path = _store(address)
        store.pipe_file(path, content)


def remove(folder: str, names: Iterable[str]) -> None:
    """Remove files of a folder by their paths from there.

    Raises:
        NotReached: they could not all be removed.
    """
    with _in_words(folder):
        store, path = _store(folder)
        for name in names:
            store.rm_file(f"{path}/{name}")


def _store(address: str) -> tuple[Any, str]:
    """The store that has an address, and the path that it has there."""
    from fsspec.core import url_to_fs  # an extra, and seldom needed

    store, path = url_to_fs(address)
    return store, str(path).rstrip("/")


@contextmanager
def _in_words(
    address: str,
    missing: str = "this folder does not exist",
    hint: str = "name the folder of the plan's files",
) -> Iterator[None]:
    """Whatever a store's library raises is what the store refused: each has errors of its own.

    Args:
        missing: what is said of what is not there, and `hint` with it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name == "fsspec":
            raise NotReached("addresses need fsspec, which is not installed", EXTRA) from None
        raise _lacking(address) from None
    except ImportError:
        raise _lacking(address) from None
    except FileNotFoundError:
        raise NotReached(missing, hint) from None
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
    if isinstance(error, PermissionError):
        hint = "give credentials in the environment, as for other programs that read this store"
        return NotReached("the store refuses it to you", hint)
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return NotReached(f"the store cannot be used: {' '.join(str(said).split())}", CHECK)
