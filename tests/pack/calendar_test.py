#!/usr/bin/env python3
"""The days of each pack's calendar follow from the State Council's notices it repeats.

The off and work attributes of a year say what the notice says; the day elements are derived from
them. This derives them again, counts the working days, and counts the vectors the notice periods
were settled by.

    calendar_test.py [ROOT]
"""
import datetime
import glob
import os
import sys
import unittest

from lxml import etree

PACK = "{urn:dingjia:pack:1.0}"
EPOCH = datetime.date(1970, 1, 1)
WORKING_DAYS = {2024: 251, 2025: 248, 2026: 248}

# Published; end of fifteen days with the day of publication counted, with it left out, with it left
# out and the end moved off holidays; end of fifteen working days.
VECTORS = [
    ("2025-08-04", "2025-08-18", "2025-08-19", "2025-08-19", "2025-08-25"),
    ("2025-09-19", "2025-10-03", "2025-10-04", "2025-10-09", "2025-10-16"),
    ("2025-12-17", "2025-12-31", "2026-01-01", "2026-01-04", "2026-01-08"),
    ("2026-01-30", "2026-02-13", "2026-02-14", "2026-02-14", "2026-02-27"),
    ("2026-02-05", "2026-02-19", "2026-02-20", "2026-02-24", "2026-03-04"),
    ("2026-04-17", "2026-05-01", "2026-05-02", "2026-05-06", "2026-05-12"),
]


def day_of_year(year, text):
    return datetime.date.fromisoformat("%d-%s" % (year, text))


def named_days(year, text):
    """The days of a list like "01-01 02-10..02-17"."""
    days = set()
    for item in text.split():
        first, _, last = item.partition("..")
        first, last = day_of_year(year, first), day_of_year(year, last or first)
        days.update(first + datetime.timedelta(n) for n in range((last - first).days + 1))
    return days


def derived(year, off, work):
    """[(on, n, work)] of every day of the year."""
    off, work = named_days(year, off), named_days(year, work)
    day, rows = datetime.date(year, 1, 1), []
    while day.year == year:
        works = day in work or (day.weekday() < 5 and day not in off)
        rows.append((day.isoformat(), str((day - EPOCH).days), "1" if works else "0"))
        day += datetime.timedelta(1)
    return rows


class Calendar(unittest.TestCase):
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

    def setUp(self):
        files = sorted(glob.glob(os.path.join(self.root, "schemas/packs/*/*/calendar.xml")))
        self.assertTrue(files, "no calendar found")
        self.calendars = [etree.parse(path).getroot() for path in files]

    def years(self):
        for calendar in self.calendars:
            for year in calendar.iter(PACK + "year"):
                yield int(year.get("n")), year

    def work(self):
        """{date: works} of the first calendar."""
        return {datetime.date.fromisoformat(d.get("on")): d.get("work") == "1"
                for d in self.calendars[0].iter(PACK + "day")}

    def test_days_follow_from_the_notice(self):
        for number, year in self.years():
            found = [(d.get("on"), d.get("n"), d.get("work")) for d in year.iter(PACK + "day")]
            self.assertEqual(found, derived(number, year.get("off"), year.get("work")))

    def test_years_name_their_source(self):
        for number, year in self.years():
            for name in ("source", "document", "status"):
                self.assertTrue(year.get(name), "%d has no %s" % (number, name))

    def test_lists_do_not_contradict_each_other(self):
        for number, year in self.years():
            both = named_days(number, year.get("off")) & named_days(number, year.get("work"))
            self.assertEqual(both, set())

    def test_make_up_days_are_weekend_days(self):
        for number, year in self.years():
            for day in named_days(number, year.get("work")):
                self.assertGreaterEqual(day.weekday(), 5, "%s is no weekend day" % day)

    def test_years_follow_one_another(self):
        for calendar in self.calendars:
            numbers = [int(d.get("n")) for d in calendar.iter(PACK + "day")]
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))

    def test_working_days_of_a_year(self):
        counted = {number: len(year.findall(PACK + "day[@work='1']"))
                   for number, year in self.years()}
        self.assertEqual({n: counted.get(n) for n in WORKING_DAYS}, WORKING_DAYS)

    def test_fifteen_calendar_days(self):
        for published, counted, left_out, _, _ in VECTORS:
            day = datetime.date.fromisoformat(published)
            self.assertEqual((day + datetime.timedelta(14)).isoformat(), counted)
            self.assertEqual((day + datetime.timedelta(15)).isoformat(), left_out)

    def test_end_moves_off_holidays(self):
        work = self.work()
        for published, _, left_out, moved, _ in VECTORS:
            end = datetime.date.fromisoformat(left_out)
            while not work[end]:
                end += datetime.timedelta(1)
            self.assertEqual(end.isoformat(), moved, "published " + published)

    def test_fifteen_working_days(self):
        work = self.work()
        for published, _, _, _, expected in VECTORS:
            day, left = datetime.date.fromisoformat(published), 15
            while left:
                day += datetime.timedelta(1)
                left -= work[day]
            self.assertEqual(day.isoformat(), expected, "published " + published)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Calendar.root = sys.argv[1]
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Calendar)
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=1).run(suite)
    bad = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - bad, bad))
    sys.exit(1 if bad or not result.testsRun else 0)
