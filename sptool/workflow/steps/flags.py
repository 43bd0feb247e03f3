"""The flags that several commands share."""

from __future__ import annotations

from sptool.workflow.steps.row import Flag

CRITERIA = Flag("--criterion", "criteria", "CHILD:CRITERION=met|not-met|not-known", "criteria")
POSITIONS = Flag("--position", "positions", "PARTNER=agrees|disagrees|no-view-yet|not-asked", "positions")
SAFE = Flag("--at-risk-now", "at_risk_now", "Is any child at risk now: yes, no or not-known")
AWARE = Flag("--la-aware-on", "la_aware_on", "When the local authority became aware: a date or unknown")
THEMES = Flag("--theme", "themes", "A theme", "many")
STATUS = Flag("--status", "status", "How it stands")
