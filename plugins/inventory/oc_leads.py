# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventory plugin: leads as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: oc_leads
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Operator Connect leads as hosts
description:
  - Every Microsoft tenant that has a lead is a host, so that an automation controller can spread thousands of them over
    job slices, and the playbook C(audiocodes.live_platform.onboard_leads) can onboard each of them.
  - If a tenant has two leads, the plugin uses the lead from which a service would be created. This is the Active one,
    and of two Active leads the one with the customer's consent.
  - Every host is in a group named after its status, such as C(status_active), and in C(with_service) or
    C(without_service). A tenant has a service if the service list shows it, or if one of its leads refers to it, since
    either may be updated late.
  - Variables of a host are C(ms_tenant_id), C(lead_id), C(has_service), C(ump_customer_guid), and what
    M(audiocodes.live_platform.oc_lead_info) returns of the lead, such as C(status), C(active), C(company_name),
    C(is_direct_lead), C(channel_id) and C(consented_countries).
  - C(suggested_short_name) is a short name for a tenant without a service, derived from the name of the company. No
    other tenant and no service has the same. It is null if the tenant has a service.
  - Values from the platform are never evaluated as templates. Neither the inventory nor the cache contains secrets.
  - The file's name must end in C(oc_leads.yml), C(oc_leads.yaml), C(live_platform.yml) or C(live_platform.yaml).
extends_documentation_fragment:
  - audiocodes.live_platform.connection.plugin
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Name of this plugin.
    type: str
    required: true
    choices: [audiocodes.live_platform.oc_leads]
  hostname:
    description:
      - The name of a host.
      - With V(company_name), other characters than letters, digits, C(_), C(.) and C(-) become C(_). A tenant whose
        company has no name, or has it in common with another tenant, is named after its tenant id.
      - This also applies if the company has the name of a group or a host of the inventory, a reserved word such as
        V(all), or an address as its name. A warning lists these tenants.
    type: str
    choices: [ms_tenant_id, company_name]
    default: ms_tenant_id
  status:
    description: Only leads with one of these statuses, whatever their case, for example V(Active).
    type: list
    elements: str
    default: []
  without_service:
    description: Only leads whose tenant has no Operator Connect service.
    type: bool
    default: false
  check_online:
    description: Whether the platform asks Microsoft for leads that it has not stored.
    type: bool
  contacts:
    description:
      - Whether hosts also have C(contact_details), C(contacts), C(civic_addresses) and C(comments) of the lead.
      - A controller stores the variables of hosts in its database. Consider privacy, and the size of the database.
    type: bool
    default: false
  filters:
    description:
      - Conditions on the variables of a host. The first one that is true decides whether the host is in the inventory.
      - If no condition is true, the host is in the inventory, unless all conditions are C(include).
      - O(status) and O(without_service) are much faster than conditions if there are thousands of leads.
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description: Hosts for which this Jinja expression is true are in the inventory.
        type: str
      exclude:
        description: Hosts for which this Jinja expression is true are not in the inventory.
        type: str
notes:
  - An inventory that cannot be read is only a warning for Ansible, unless
    C(ANSIBLE_INVENTORY_UNPARSED_FAILED=true) is set, as a controller does.
seealso:
  - module: audiocodes.live_platform.oc_lead_info
"""

EXAMPLES = r"""
# oc_leads.yml: the Active leads, with what onboard_leads needs for each of them, and groups of
# ones own. Only 'plugin' is needed; without base_url, the connection comes from the environment.
plugin: audiocodes.live_platform.oc_leads
status: [Active]
base_url: https://lp.provider.example/tenantui
strict: true
filters:
  - exclude: company_name is search('test', ignorecase=true)
compose:
  live_platform_service: >-
    {'short_name': suggested_short_name, 'full_name': company_name}
groups:
  consentless: is_direct_lead
keyed_groups:
  - key: consented_countries
    prefix: country
"""

import os
from collections.abc import Mapping
from contextlib import contextmanager, suppress

import yaml
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.module_utils.ansible_release import __version__ as ansible_version
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils._api.leads import LeadRequests
from ..module_utils._api.services import ServiceRequests
from ..module_utils._core.errors import (
    InputError,
    LivePlatformError,
    unexpected_error,
)
from ..module_utils._core.masking import Secrets
from ..module_utils._core.text import did_you_mean
from ..module_utils._core.version import unmet
from ..module_utils._http.connection import (
    CONNECTION_OPTIONS,
    Connection,
)
from ..module_utils._http.platform import open_platform
from ..module_utils._module.arguments import connection_spec
from ..plugin_utils._inventory.lead_hosts import (
    MS_TENANT_ID,
    host_groups,
    host_names,
    host_records,
    is_usable,
    names_given_up,
    wanted_records,
)
from ..plugin_utils._resolve.given_types import type_problems

ENDINGS = ("oc_leads.yml", "oc_leads.yaml", "live_platform.yml", "live_platform.yaml")
_KINDS = ("include", "exclude")
_NEEDED = {"ms_tenant_id", "company_name", "status", "has_service", "suggested_short_name"}
"""The variables of a host that its name and groups are made from."""


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Leads as hosts."""

    NAME = "audiocodes.live_platform.oc_leads"

    def verify_file(self, path):
        """Return whether the file is meant for this plugin, by its name."""
        return super().verify_file(path) and path.endswith(ENDINGS)

    def parse(self, inventory, loader, path, cache=True):
        """Read the leads and put them into the inventory."""
        super().parse(inventory, loader, path, cache)
        with _without_empty_variables():
            config = self._read_config_data(path)
        self._check_names(config)
        self._render_connection(config)
        secrets = Secrets([self.get_option(option.name) for option in CONNECTION_OPTIONS if option.secret])
        try:
            records = self._records(path, cache, secrets)
            self._populate(wanted_records(records, self.get_option("status"), self.get_option("without_service")))
        except LivePlatformError as error:
            raise AnsibleParserError(secrets.mask_text(error.sentence())) from None
        except AnsibleError as error:  # of an expression in the file, which names itself and the host
            raise AnsibleParserError(secrets.mask_text(str(error))) from None
        except Exception as error:
            raise AnsibleParserError(unexpected_error(error).sentence()) from None

    def _check_names(self, config):
        """Ansible ignores an option that no plugin reads; a misspelt filter must not bring everybody in."""
        known = [*self.get_options(), "plugin"]
        problems = [
            f"unknown option '{name}'; {did_you_mean(str(name), known)}" for name in config if name not in known
        ]
        problems += type_problems({**connection_spec(), **yaml.safe_load(DOCUMENTATION)["options"]}, config)
        for number, condition in enumerate(self.get_option("filters")):
            if len(condition) != 1 or next(iter(condition)) not in _KINDS:
                problems.append(f"filters[{number}] must have either include or exclude, and nothing else")
        if problems:
            raise AnsibleParserError(InputError(problems).sentence())

    def _render_connection(self, config):
        """Connection options in the file may be templates, such as a lookup of a secret."""
        for option in CONNECTION_OPTIONS:
            value = config.get(option.name)
            if isinstance(value, str) and self.templar.is_template(value):
                try:
                    self.set_option(option.name, self.templar.template(value))
                except AnsibleError as error:
                    raise AnsibleParserError(f"{option.name}: {error}") from None

    def _records(self, path, cache, secrets):
        """The variables of all hosts, from the cache if it holds them for these options."""
        options = {option.name: self.get_option(option.name) for option in CONNECTION_OPTIONS}
        connection = Connection.from_options(options)
        contacts, check_online = self.get_option("contacts"), self.get_option("check_online")
        asked = [connection.base_url, connection.ovoc_channel_id, contacts, check_online]
        caching = self.get_option("cache")
        if caching:
            self.load_cache_plugin()
            key = self.get_cache_key(path)
            kept = self._kept(key, asked) if cache else None
            if kept is not None:
                return kept
        records = self._fetch(options, contacts, check_online, secrets)
        if caching:
            self._cache[key] = {"asked": asked, "records": records}
        return records

    def _kept(self, key, asked):
        """The variables of all hosts as the cache holds them for what is asked; a damaged cache holds nothing."""
        try:
            kept = self._cache.get(key)
        except Exception as error:  # of whatever cache plugin the user has chosen
            self.display.warning(f"the inventory cache cannot be read and is not used: {type(error).__name__}")
            return None
        if not isinstance(kept, Mapping) or kept.get("asked") != asked:
            return None
        records = kept.get("records")
        whole = isinstance(records, list) and all(
            isinstance(record, Mapping) and record.keys() >= _NEEDED for record in records
        )
        return records if whole else None

    def _fetch(self, options, contacts, check_online, secrets):
        """The variables of all hosts, from the platform."""
        platform = open_platform(options, secrets, self.display.warning, read_only=True)
        missing = unmet(ansible_version)
        if missing:
            raise LivePlatformError("; ".join(missing))
        leads = LeadRequests(platform.client).list_leads(check_online=check_online)
        unusable = sum(not is_usable(lead) for lead in leads)
        if unusable:
            self.display.warning(f"{unusable} leads have no tenant id and are left out")
        records = host_records(leads, ServiceRequests(platform.client).list_services(), contacts)
        if platform.limit.warning is not None:
            self.display.warning(platform.limit.warning)
        return [{name: secrets.mask(value) for name, value in record.items()} for record in records]

    def _populate(self, records):
        """Make hosts and groups."""
        strict = self.get_option("strict")
        filters = self.get_option("filters")
        known_groups = set()
        source = self.get_option("hostname")
        names = host_names(records, source, self._taken_names(records, source))
        told = names_given_up(records, names, source)
        if told is not None:
            self.display.warning(told)
        for name, record in zip(names, records, strict=True):
            variables = {key: _untrusted(value) for key, value in record.items()}
            if filters and not self._is_wanted(filters, variables, name, strict):
                continue
            self.inventory.add_host(name)
            for group in host_groups(record):
                if group not in known_groups:
                    known_groups.add(self.inventory.add_group(group))
                self.inventory.add_child(group, name)
            for key, value in variables.items():
                self.inventory.set_variable(name, key, value)
            self._set_composite_vars(self.get_option("compose"), variables, name, strict)
            self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict)

    def _taken_names(self, records, source):
        """Groups and hosts that other sources have made, or that this one will make."""
        taken = [*self.inventory.groups, *self.inventory.hosts, *self.get_option("groups")]
        keyed = self.get_option("keyed_groups")
        if keyed and source != MS_TENANT_ID:
            real, self.inventory = self.inventory, InventoryData()
            try:
                for record in records:
                    name = record["ms_tenant_id"]
                    self.inventory.add_host(name)
                    variables = {key: _untrusted(value) for key, value in record.items()}
                    with suppress(AnsibleError):  # it is reported when the real group is made
                        self._add_host_to_keyed_groups(keyed, variables, name, False)
                taken += self.inventory.groups
            finally:
                self.inventory = real
        return taken

    def _is_wanted(self, filters, variables, name, strict):
        """Return what the first true condition says."""
        for condition in filters:
            ((kind, expression),) = condition.items()
            try:
                result = self._compose(expression, variables)
            except Exception as error:
                if strict:
                    raise AnsibleParserError(f"filters: cannot tell '{expression}' of host {name}: {error}") from None
                continue
            if result and result != "False":
                return kind == "include"
        return any("exclude" in condition for condition in filters)


@contextmanager
def _without_empty_variables():
    """Meanwhile, variables that are set to an empty text, as a controller sets those of empty fields, do not exist.

    Ansible would read an empty VALIDATE_CERTS as false, which must not turn verification off.
    """
    names = [option.environment for option in CONNECTION_OPTIONS if os.environ.get(option.environment) == ""]
    for name in names:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(dict.fromkeys(names, ""))


def _untrusted(value):
    """The same value, marked so that no text in it is ever taken for a template.

    Up to ansible-core 2.18, a text is a template unless it is wrapped; since 2.19, it is none unless it is trusted, and
    wrapping does nothing. Only texts that could be templates are wrapped, since Ansible shows the wrapping to users.
    """
    if isinstance(value, str):
        return wrap_var(value) if "{" in value else value
    if isinstance(value, Mapping):
        return {key: _untrusted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_untrusted(item) for item in value]
    return value
