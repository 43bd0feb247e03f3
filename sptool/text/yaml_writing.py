"""Writes YAML as people like to read it in a commit, and tells whether a file is written so."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

import yaml

from sptool.errors import Problem, UnfitFile
from sptool.text.plain import Path, Plain, dotted, scalar

LONG = 80  # characters; longer text gets a block of its own

# Line breaks to YAML 1.1 and not to 1.2: in a block they would not come back as they were.
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE_TAG = "tag:yaml.org,2002:timestamp"


class Writer(yaml.SafeDumper):
    """PyYAML's writer: dates without quotes, prose as a literal block."""


# Whatever another program might take for a number or a boolean is put in quotes; a date may stand bare.
Writer.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _DATE_TAG]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    if _ODD_BREAKS.search(text):
        return '"'
    if "\n" in text or len(text) > LONG:
        return "|"
    return "'" if not isinstance(scalar(text), str) else None


Writer.add_representer(str, _text)


def write_yaml(data: Mapping[str, Plain]) -> bytes:
    """Plain data as YAML, in the order given; read back, it is the same.

    Args:
        data: the fields; a field whose value is None is left out.

    Raises:
        UnfitFile: a value holds half of a character, or a number that is none.
    """
    text = yaml.dump(
        _without_gaps(data, ()),
        Dumper=Writer,
        allow_unicode=True,
        default_flow_style=False,
        line_break="\n",
        sort_keys=False,
        width=sys.maxsize,
    )
    return str(text).encode()


def _without_gaps(value: Plain | Mapping[str, Plain], path: Path) -> Plain:
    # Copies lists and mappings too: the writer would turn one that stands in two places into an alias.
    if isinstance(value, Mapping):
        return {_whole(key, path): _without_gaps(item, (*path, key)) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_gaps(item, (*path, index)) for index, item in enumerate(value)]
    if isinstance(value, float) and value - value != 0:
        raise UnfitFile([Problem("this is not a number that can be kept", field=dotted(path))])
    return _whole(value, path) if isinstance(value, str) else value


def _whole(text: str, path: Path) -> str:
    if _SURROGATE.search(text):
        raise UnfitFile([Problem("the text holds half of a character; type it again", field=dotted(path))])
    return text


# The C writer is ten times faster. What it writes from the data holds nothing else: no comment, no other order.
_Quick = type(
    "_Quick",
    (getattr(yaml, "CSafeDumper", yaml.SafeDumper),),
    {"yaml_implicit_resolvers": Writer.yaml_implicit_resolvers, "yaml_representers": Writer.yaml_representers},
)


def is_as_written(data: Mapping[str, Plain], content: bytes) -> bool:
    """Whether these bytes are what `write_yaml` makes of the data.

    Args:
        data: the fields; none of them is None.
    """
    text = yaml.dump(
        dict(data),
        Dumper=_Quick,
        allow_unicode=True,
        default_flow_style=False,
        line_break="\n",
        sort_keys=False,
        width=2**31 - 1,  # as far as the C writer counts
    )
    return str(text).encode() == content or write_yaml(data) == content
