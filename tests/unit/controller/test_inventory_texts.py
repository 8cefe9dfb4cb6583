# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No text of a lead is ever a template, on every ansible-core.

Up to 2.18 a text is a template unless it is wrapped. Since 2.19 wrapping does nothing, so that an end-to-end test on a
new ansible-core cannot see that it is missing. Here the wrapping itself is looked at.
"""

from __future__ import annotations

import pytest

from ansible_collections.audiocodes.live_platform.plugins.inventory import oc_leads


@pytest.fixture
def marked(monkeypatch):
    """The texts that were wrapped, in order."""
    texts = []

    def wrap(text):
        texts.append(text)
        return f"<{text}>"

    monkeypatch.setattr(oc_leads, "wrap_var", wrap)
    return texts


@pytest.mark.parametrize("text", ["{{ lookup('pipe', 'id') }}", "a {% if true %}", "{# no", "{"])
def test_a_text_with_a_brace_is_wrapped_wherever_it_stands(marked, text):
    record = {"name": text, "contacts": [{"email": text}], "plain": "Contoso", "number": 3, "nothing": None}

    untrusted = oc_leads._untrusted(record)

    assert untrusted == {
        "name": f"<{text}>",
        "contacts": [{"email": f"<{text}>"}],
        "plain": "Contoso",
        "number": 3,
        "nothing": None,
    }
    assert marked == [text, text]


def test_what_is_wrapped_stays_the_same_text():
    assert str(oc_leads._untrusted("{{ 1 + 1 }}")) == "{{ 1 + 1 }}"
