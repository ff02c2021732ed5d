"""Made-up downloads of each platform, with everything that went wrong in real ones, and what has to come of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from autograder.authoring.sample_class import build_submission, read_answers
from autograder.course import paths
from tests.autograder.submissions.downloads import FIRST, zip_bytes

MANUAL = "Needs Grading"


@dataclass(frozen=True)
class Download:
    """One platform's archive and table."""

    platform: str
    files: dict[str, bytes]
    table: str
    marks: dict[str, str]
    """Beginning of a row of the table -> what stands in the place of its mark afterwards."""
    before: str
    """What stands there before, and behind it up to the end of the row."""
    pages: set[str]
    """Names in the archive of feedback."""
    status: int = 0
    """The exit status of collecting."""
    encoding: str = "utf-8"
    due: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """What collecting says."""
    looks: tuple[str, ...] = field(default=())
    """What exporting says to look at."""


def _answer(name: str) -> bytes:
    return build_submission(FIRST, read_answers(paths.SAMPLES / FIRST / f"{name}.py"), paths.NOTEBOOKS)


FULL, PART = _answer("perfect"), _answer("guessed-signs")
"""20 and 18 points."""
EMPTY = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
UUID = "0d1f2a3b-1111-2222-3333-444455556666"
COPY = f"x/.ipynb_checkpoints/{FIRST}-checkpoint.ipynb"
NESTED = zip_bytes({"__MACOSX/._a.ipynb": b"x", COPY: PART, "w/inner.zip": zip_bytes({f"deep/{FIRST}.ipynb": FULL})})

CANVAS = Download(
    "canvas",
    {
        f"doejane_101_5001_{FIRST}.ipynb": PART,
        f"doejane_101_5002_{FIRST}-1.ipynb": FULL,
        "doejane_101_5010_Untitled.ipynb": EMPTY,
        f"doejane_102_5003_{FIRST}-{UUID}.ipynb": PART,
        f"müllerzoë_LATE_103_5004_{FIRST}.ipynb": FULL,
        "李小龍_104_5005_my_LATE_work.ipynb": FULL,
        "obrienjrpat_105_5006_work.zip": NESTED,
        f"11x_106_5007_2026_03_{FIRST}.ipynb": PART,
        f"copy_107_5008_{FIRST}.ipynb": FULL,
        f"copy_107_5009_{FIRST}-checkpoint.ipynb": PART,
        "report_108_5013_01 single neuron (3).ipynb": FULL,
        "report_108_5014_report.pdf": b"%PDF",
    },
    "\ufeffStudent;ID;SIS User ID;SIS Login ID;Section;01-single-neuron (77);02-cost-vs-loss (78);Final Points\r\n"
    ";;;;;Manual Posting;;\r\n    Points Possible;;;;;20,00;20,00;(read only)\r\n"
    '"Doe, Jane";101;S1;jdoe1;A;;;\r\n"Doe, Jane";102;S2;jdoe2;A;;;\r\n"Müller, Zoë";103;S3;zoe@uni.example;A;;;\r\n'
    '"李, 小龍";104;S4;xli;A;;;\r\n"O\'Brien Jr., Pat";105;S5;pobrien;"A; B";;;\r\n"=1+1, x";106;S6;=cmd;A;;;\r\n'
    'Copy;107;S7;copy;A;;;\r\nReport;108;S8;;A;;;\r\nGone;109;S9;gone;A;;;\r\n"Student, Test";999;;zz;A;;;\r\n',
    {
        '"Doe, Jane";101;S1;jdoe1;A;': "20", '"Doe, Jane";102;S2;jdoe2;A;': "18",
        '"Müller, Zoë";103;S3;zoe@uni.example;A;': "17,5", '"李, 小龍";104;S4;xli;A;': "20",
        '"O\'Brien Jr., Pat";105;S5;pobrien;"A; B";': "20", '"=1+1, x";106;S6;=cmd;A;': "18",
        "Copy;107;S7;copy;A;": "20", "Report;108;S8;;A;": "20",
    },
    ";;",
    {
        f"doejane_101_5002_{FIRST}-1.html", f"doejane_102_5003_{FIRST}-{UUID}.html",
        f"müllerzoë_LATE_103_5004_{FIRST}.html", "李小龍_104_5005_my_LATE_work.html", "obrienjrpat_105_5006_work.html",
        f"11x_106_5007_2026_03_{FIRST}.html", f"copy_107_5008_{FIRST}.html",
        "report_108_5013_01 single neuron (3).html",
    },
    due=("2026-03-31 23:59", "--penalty", "per-day=2.5"),
    said=("missing (1): gone", "called late by the platform (1): zoe@uni.example"),
)  # fmt: skip

_HAND_IN = "assignsubmission_file"
MOODLE = Download(
    "moodle",
    {
        f"Jane Doe_101_{_HAND_IN}/{FIRST}.ipynb": FULL,
        f"Jane Doe_102_{_HAND_IN}/{FIRST}.ipynb": PART,
        f"Zoë OBrien Jr._103_{_HAND_IN}_/{COPY}": PART,
        f"Zoë OBrien Jr._103_{_HAND_IN}_/x/{FIRST} (2).ipynb": FULL,
        f"李 小龍_104_{_HAND_IN}/w.zip": NESTED,
        "Eve X_105_assignsubmission_onlinetext/onlinetext.html": b"see my drive",
        f"=1+1_106_{_HAND_IN}/{FIRST}.ipynb": PART,
        "Max von der Heide_107_assignsubmission_onlinetext/onlinetext.html": b"see the file",
        f"Max von der Heide_107_{_HAND_IN}/{FIRST}.py": b"pass",
        f"Max von der Heide_107_{_HAND_IN}/my.ipynb": FULL,
        f"Lock Ed_108_{_HAND_IN}_my.ipynb": FULL,
    },
    '\ufeff"Identifier";"Full name";"Email address";"Status";"Last modified (submission)";"Maximum grade";'
    '"Grade can be changed";"Feedback comments";"Grade"\n'
    '"Participant 101";"Jane Doe";j1@x.org;"Submitted";"Sunday, 1 March 2026, 11:30 PM";"20,00";Yes;"";""\n'
    '"Participant 102";"Jane Doe";j2@x.org;"Submitted";"Tuesday, 3 March 2026, 12:30 AM";"20,00";Yes;"";""\n'
    '"Participant 103";"Zoë O\'Brien Jr.";z@x.org;"Submitted";-;"20,00";Yes;"<p>one; two\n""three""</p>";""\n'
    '"Participant 104";"李 小龍";li@x.org;"Submitted";-;"20,00";Yes;"";""\n'
    '"Participant 105";"Eve X";eve@x.org;"Submitted";-;"20,00";Yes;"";""\n'
    '"Participant 106";"\'=1+1";f@x.org;"Submitted";-;"20,00";Yes;"";""\n'
    '"Participant 107";"Max von der Heide";m@x.org;"Submitted";-;"20,00";Yes;"";""\n'
    '"Participant 108";"Lock Ed";l@x.org;"Submitted";-;"20,00";No;"";""\n',
    {
        '"Participant 101";"Jane Doe";j1@x.org;"Submitted";"Sunday, 1 March 2026, 11:30 PM";"20,00";Yes;"";': '"20"',
        '"Participant 102";"Jane Doe";j2@x.org;"Submitted";"Tuesday, 3 March 2026, 12:30 AM";"20,00";Yes;"";': '"14"',
        '""three""</p>";': '"20"',
        '"Participant 104";"李 小龍";li@x.org;"Submitted";-;"20,00";Yes;"";': '"20"',
        '"Participant 106";"\'=1+1";f@x.org;"Submitted";-;"20,00";Yes;"";': '"18"',
        '"Participant 107";"Max von der Heide";m@x.org;"Submitted";-;"20,00";Yes;"";': '"20"',
        '"Participant 108";"Lock Ed";l@x.org;"Submitted";-;"20,00";No;"";': '"20"',
    },
    '""',
    {
        f"Jane Doe_101_{_HAND_IN}/{FIRST}.html", f"Jane Doe_102_{_HAND_IN}/{FIRST}.html",
        f"Zoë OBrien Jr._103_{_HAND_IN}_/{FIRST}.html", f"李 小龍_104_{_HAND_IN}/{FIRST}.html",
        f"=1+1_106_{_HAND_IN}/{FIRST}.html", f"Max von der Heide_107_{_HAND_IN}/{FIRST}.html",
        f"Lock Ed_108_{_HAND_IN}_my.html",
    },
    status=1,
    due=("2026-03-02 00:00", "--penalty", "per-day=2", "--timezone", "Europe/Berlin"),
    said=("look: Eve X_105", "missing (1): Eve-X (Eve X)"),
    looks=("Lock Ed (Lock-Ed): Moodle will skip this row, for its grade is locked",),
)  # fmt: skip

BLIND = Download(
    "moodle",
    {f"Participant_{n}_{_HAND_IN}/{FIRST}.ipynb": work for n, work in ((301, FULL), (302, PART))},
    "Identifier,Status,Maximum grade,Grade can be changed,Grade\n"
    "Participant 301,Submitted for grading,20.00,Yes,\nParticipant 302,Submitted for grading,20.00,Yes,\n"
    "Participant 303,No submission,20.00,Yes,\n",
    {
        "Participant 301,Submitted for grading,20.00,Yes,": "20",
        "Participant 302,Submitted for grading,20.00,Yes,": "18",
    },
    "",
    {f"Participant_{n}_{_HAND_IN}/{FIRST}.html" for n in (301, 302)},
    said=("missing (1): learner-303",),
)

_DAY = "Mar 2, 2026"
BRIGHTSPACE = Download(
    "brightspace",
    {
        f"201-55 - Jane Doe - Mar 1, 2026 1130 PM - {FIRST}.ipynb": PART,
        f"201-55 - Jane Doe - {_DAY} 1205 AM - {FIRST}.ipynb": FULL,
        f"202-55 - Anne - Marie O'Neil - Feb 28, 2026 905 AM/{FIRST}.ipynb": FULL,
        f"203-55 - Zoë Müller - {_DAY} 105 AM - my work - final.ipynb": PART,
        f"204-55 - 小龍 李 - {_DAY} 105 AM - w.zip": NESTED,
        f"205-55 - =1+1 X - {_DAY} 105 AM - {FIRST}.ipynb": FULL,
        f"206-55 - Ben K - {_DAY} 105 AM - {FIRST}.ipynb": PART,
        f"207-55 - Ben K - {_DAY} 205 AM - {FIRST}.ipynb": FULL,
        "index.html": b"<html>",
    },
    "\ufeffOrgDefinedId,Username,Last Name,First Name,01-single-neuron Points Grade <Numeric MaxPoints:20 Weight:10>,"
    "End-of-Line Indicator\r\n#9001,#jdoe,Doe,Jane,,#\r\n#9002,#anne,O'Neil,Anne - Marie,,#\r\n"
    "#9003,#zoe,Müller,Zoë,,#\r\n#9004,#li,李,小龍,,#\r\n#9005,#f,X,=1+1,,#\r\n#9006,#ben,K,Ben,,#\r\n"
    "#9007,#gone,Gone,Gil,,#\r\n",
    {
        "#9001,#jdoe,Doe,Jane,": "20", "#9002,#anne,O'Neil,Anne - Marie,": "20", "#9003,#zoe,Müller,Zoë,": "18",
        "#9004,#li,李,小龍,": "20", "#9005,#f,X,=1+1,": "20", "#9006,#ben,K,Ben,": "20",
    },
    ",#",
    {
        f"201-55 - Jane Doe - {_DAY} 1205 AM - {FIRST}.html",
        f"202-55 - Anne - Marie O'Neil - Feb 28, 2026 905 AM/{FIRST}.html",
        f"203-55 - Zoë Müller - {_DAY} 105 AM - my work - final.html", f"204-55 - 小龍 李 - {_DAY} 105 AM - w.html",
        f"205-55 - =1+1 X - {_DAY} 105 AM - {FIRST}.html", f"207-55 - Ben K - {_DAY} 205 AM - {FIRST}.html",
    },
    said=("missing (1): gone (Gil Gone)",),
)  # fmt: skip


def _blackboard(login: str, name: str, day: int, file: str, work: bytes) -> dict[str, bytes]:
    head = f"Chapter 1_{login}_attempt_2026-03-{day:02}-10-00-00"
    return {f"{head}.txt": f"Name: {name} ({login})\r\nAssignment: Chapter 1\r\n".encode(), f"{head}_{file}": work}


BLACKBOARD = Download(
    "blackboard",
    {
        **_blackboard("j_doe", "Jane Doe", 1, "my_attempt_2.ipynb", FULL),
        **_blackboard("jdoe2", "Jane Doe", 1, "a.ipynb", FULL),
        **_blackboard("jdoe2", "Jane Doe", 3, f"{FIRST}.ipynb", PART),
        **_blackboard("zmüller", "Zoë Müller", 1, "Zoë's work.ipynb", FULL),
        **_blackboard("li", "李 小龍", 1, "a.zip", NESTED),
        **_blackboard("f1", "=1+1", 1, "a.ipynb", PART),
    },
    '"Last Name"\t"First Name"\t"Username"\t"01-single-neuron [Total Pts: 20 Score] |4711"\t"Total [Total Pts: 9] |1"\n'
    '"Doe"\t"Jane"\t"j_doe"\t""\t"0"\n"Doe"\t"Jane"\t"jdoe2"\t""\t"0"\n"Müller"\t"Zoë"\t"zmüller"\t""\t"0"\n'
    '"李"\t"小龍"\t"li"\t""\t"0"\n"=1+1"\t""\t"f1"\t""\t"0"\n"Gone"\t"Gil"\t"gil"\t""\t"0"\n',
    {
        '"Doe"\t"Jane"\t"j_doe"\t': '"20"', '"Doe"\t"Jane"\t"jdoe2"\t': '"18"', '"Müller"\t"Zoë"\t"zmüller"\t': '"20"',
        '"李"\t"小龍"\t"li"\t': '"20"', '"=1+1"\t""\t"f1"\t': '"18"',
    },
    '""\t"0"',
    {
        "Chapter 1_j_doe_attempt_2026-03-01-10-00-00_my_attempt_2.html",
        f"Chapter 1_jdoe2_attempt_2026-03-03-10-00-00_{FIRST}.html",
        "Chapter 1_zmüller_attempt_2026-03-01-10-00-00_Zoë's work.html",
        "Chapter 1_li_attempt_2026-03-01-10-00-00_a.html", "Chapter 1_f1_attempt_2026-03-01-10-00-00_a.html",
    },
    encoding="utf-16",
    said=("missing (1): gil (Gil Gone)",),
)  # fmt: skip

FOLDERS = Download(
    "folders",
    {
        f"all/O'Brien Jr./{FIRST}.ipynb": FULL,
        "all/Zoë 李/work.ipynb": PART,
        f"all/=1+1/{FIRST}.ipynb": FULL,
        f"all/李/{COPY}": PART,
        f"all/李/{FIRST}.ipynb": FULL,
        "all/李/Untitled.ipynb": EMPTY,
        "all/jdoe/sub/zip.zip": NESTED,
        f"all/-rf/{FIRST}.IPYNB": PART,
    },
    "\ufeffid;name;email;01-single-neuron\njdoe;Jane Doe;j@x;\npat;O'Brien Jr.;p@x;\nzoe;Zoë 李;z@x;\nf;=1+1;f@x;\n"
    "xl;李;l@x;\nrf;-rf;r@x;\ngone;Gone Gil;g@x;\n",
    {
        "jdoe;Jane Doe;j@x;": "20", "pat;O'Brien Jr.;p@x;": "20", "zoe;Zoë 李;z@x;": "18", "f;=1+1;f@x;": "20",
        "xl;李;l@x;": "20", "rf;-rf;r@x;": "18",
    },
    "",
    {f"{name}/{FIRST}.html" for name in ("O'Brien Jr.", "Zoë 李", "=1+1", "李", "jdoe", "-rf")},
    said=("missing (1): gone (Gone Gil)",),
)  # fmt: skip

DOWNLOADS = {
    "canvas": CANVAS, "moodle": MOODLE, "moodle, blind": BLIND, "brightspace": BRIGHTSPACE, "blackboard": BLACKBOARD,
    "folders": FOLDERS,
}  # fmt: skip
