# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is there at the start, and ways to have something else there."""

from simulator.seeds.customers import LEADS, NUMBERS, SERVICES
from simulator.seeds.equipment import CHANNELS, PROFILES, SBCS
from simulator.seeds.loading import load
from simulator.seeds.scripts import TEMPLATES
from simulator.store import Store

DEFAULT = {
    "sbcs": SBCS,
    "channels": CHANNELS,
    "calling_profiles": PROFILES,
    "templates": TEMPLATES,
    "leads": LEADS,
    "services": SERVICES,
    "numbers": NUMBERS,
}


def default_seed(store: Store) -> None:
    """Fill an empty store with the usual cast."""
    load(store, DEFAULT)
