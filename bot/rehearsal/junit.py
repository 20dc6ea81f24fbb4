"""A rehearsal as JUnit XML, which CI servers read: a case for each scenario and for each topic's tolerance. Pure."""

import re
import xml.etree.ElementTree as ET

from bot.rehearsal.printing import verdict
from bot.rehearsal.results import Outcome, Played, Rehearsal, TopicRisk

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xml(rehearsal: Rehearsal) -> str:
    """The rehearsal as a document of two suites, without times, so that the same results give the same text."""
    suites = ET.Element("testsuites", name="baton rehearse")
    scenarios = [_scenario(each) for each in rehearsal.scenarios]
    topics = [_topic(each) for each in rehearsal.topics]
    if rehearsal.not_replayed:
        left_out = ET.Element("testcase", classname="rehearsal", name="every conversation is replayed")
        _part(left_out, "failure", verdict(rehearsal), "\n".join(rehearsal.not_replayed))
        topics.append(left_out)
    for name, cases in (("scenarios", scenarios), ("tolerances", topics)):
        if cases:
            _suite(suites, name, cases)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _suite(suites: ET.Element, name: str, cases: list[ET.Element]) -> None:
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    suite = ET.SubElement(suites, "testsuite", {"name": name} | {key: str(count) for key, count in counts.items()})
    suite.extend(cases)


def _scenario(played: Played) -> ET.Element:
    case = ET.Element("testcase", classname="scenario", name=_clean(played.name), file=played.path)
    case.set("line", str(played.line))
    failed = played.having(Outcome.FAILED)
    weak = played.having(Outcome.KNOWN_WEAKNESS)
    if played.problem:
        _part(case, "error", played.problem, "")
    elif failed:
        told = "\n".join(f"{check.wanted}: {check.why or 'it does not hold'}" for check in failed)
        _part(case, "failure", told.splitlines()[0], f"{told}\n\n{_said(played)}")
    elif weak:
        _part(
            case,
            "skipped",
            "; ".join(f"known weakness: {check.wanted}: {check.weakness} ({check.why})" for check in weak),
            "",
        )
    return case


def _topic(topic: TopicRisk) -> ET.Element:
    case = ET.Element("testcase", classname="tolerance", name=_clean(topic.topic or "no topic"))
    here = topic.at_threshold
    if here.share_wrong is None:
        _part(case, "skipped", "nobody has reviewed a reply that would be the same today", "")
    elif topic.broke:
        words = f"{here.wrong} of {here.reviewed} reviewed replies are wrong ({here.share_wrong:.1%}); "
        _part(case, "failure", f"{words}the tolerance is {topic.tolerance:.1%}", "")
    return case


def _said(played: Played) -> str:
    return "\n".join(
        f"customer: {step.said}\nbaton ({step.action} {step.reason}): {step.reply}" for step in played.steps
    )


def _part(case: ET.Element, kind: str, message: str, text: str) -> None:
    part = ET.SubElement(case, kind, message=_clean(message))
    part.text = _clean(text) or None


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
