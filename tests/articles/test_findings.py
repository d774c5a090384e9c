"""What follows from the answers of the checklist."""

from dataclasses import replace

from articles.findings import ChecklistFinding, merge_findings, open_musts, open_shoulds

BODY = ChecklistFinding("body", "must", "body", False, "The story is empty.")
TIME = ChecklistFinding("beginning", "must", "publish_at", False, "Choose a time.")
TAG = ChecklistFinding("tag", "should", "tags", False, "It has no tag.")


def test_what_fails_for_some_verbs_alone_says_for_which():
    answers = {"publish": [BODY, replace(TIME, passed=True)], "schedule": [BODY, TIME]}
    assert merge_findings(answers) == [BODY, replace(TIME, verbs=("schedule",))]


def test_what_passes_for_every_verb_is_said_once():
    good = replace(BODY, passed=True)
    assert merge_findings({"publish": [good], "schedule": [good]}) == [good]


def test_only_what_is_open_stands_in_the_way_or_is_advised():
    findings = [BODY, replace(TIME, passed=True), TAG, replace(TAG, passed=True)]
    assert open_musts(findings) == {"body": ["The story is empty."]}
    assert open_shoulds(findings) == [TAG]
