"""The commands that record a step: one table, one function that makes them all."""

from sptool.cli.stepping.making import register

__all__ = ["register"]
