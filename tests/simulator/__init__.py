# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the Live Platform and its login authority, for tests, demos and exploring by hand.

Start it with ``python -m simulator`` (this folder's parent on the module path), or from Python with
:class:`simulator.client.Simulator`. Nothing in here is used by the collection itself.
"""
