"""What other systems hold, written out for the tests."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2021, 3, 4, 9, tzinfo=UTC)
HOME = "https://old.example"


DISQUS = """<?xml version="1.0"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="7"><link>https://old.example/ferry/</link></thread>
<post dsq:id="1"><message><![CDATA[<p>Late <b>again</b>.</p>]]></message><createdAt>2021-03-04T09:00:00Z</createdAt>
 <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ines</name></author><thread dsq:id="7"/></post>
<post dsq:id="2"><message>Quite.</message><createdAt>2021-03-04T09:00:00Z</createdAt><isDeleted>false</isDeleted>
 <isSpam>true</isSpam><author><name>Ole</name></author><thread dsq:id="7"/><parent dsq:id="1"/></post>
</disqus>"""


REMARK42 = "\n".join(
    json.dumps(line)
    for line in (
        {"version": 1, "users": [], "posts": []},
        {
            "id": "1",
            "pid": "",
            "text": "<p>Late <b>again</b>.</p>",
            "orig": "Late **again**.",
            "user": {"name": "Ines"},
            "locator": {"site": "x", "url": "https://old.example/ferry/"},
            "time": "2021-03-04T09:00:00Z",
        },
        {
            "id": "2",
            "pid": "1",
            "text": "",
            "user": {"name": "Ole"},
            "locator": {"site": "x", "url": "https://old.example/ferry/"},
            "time": "2021-03-04T09:00:00Z",
            "delete": True,
        },
    )
)


COMMENTO = json.dumps(
    {
        "version": 1,
        "commenters": [{"commenterHex": "a", "name": "Ines", "email": "ines@mail.example"}],
        "comments": [
            {
                "commentHex": "1",
                "domain": "old.example",
                "url": "/ferry/",
                "commenterHex": "a",
                "markdown": "Late **again**.",
                "parentHex": "root",
                "state": "approved",
                "creationDate": "2021-03-04T09:00:00Z",
            },
            {
                "commentHex": "2",
                "domain": "old.example",
                "url": "/ferry/",
                "commenterHex": "anonymous",
                "markdown": "?",
                "parentHex": "1",
                "state": "unapproved",
                "creationDate": "2021-03-04T09:00:00Z",
            },
        ],
    }
)


def a_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT);"
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created FLOAT, modified, mode, remote_addr,"
            " text, author, email, website);"
            "INSERT INTO threads VALUES (7, '/ferry/', 'Ferry');"
        )
        database.executemany(
            "INSERT INTO comments VALUES (7, ?, ?, ?, NULL, ?, '203.0.113.0', ?, ?, '', '')",
            [
                (1, None, AT.timestamp(), 1, "Late **again**.", "Ines"),
                (2, 1, AT.timestamp(), 2, "Quite.", "Ole"),
            ],
        )


HUGO = '+++\ntitle = "Ferry"\ndate = 2021-03-04T09:00:00Z\ncategories = ["harbour"]\naliases = ["/old/ferry/"]\n+++\nLate **again**.\n'


JEKYLL = "---\ntitle: 'Ferry: late'\ndate: 2021-03-04 10:00:00 +0100\ncategories: [harbour, tides]\nauthor: Mara\n---\nLate.\n"


PELICAN = "Title: Ferry\nDate: 2021-03-04 09:00\nCategory: harbour\nTags: tides, wind\nStatus: draft\n\nLate.\n"


RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><item><title>Ferry</title><link>https://old.example/2021/ferry/</link><guid>g1</guid><dc:creator>Mara</dc:creator>"
    "<pubDate>Thu, 04 Mar 2021 10:00:00 +0100</pubDate><category>Harbour</category>"
    "<description>Short.</description><content:encoded><![CDATA[<p>Late.</p>]]></content:encoded></item></channel></rss>"
)


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry</title><id>g1</id><link href="https://old.example/2021/ferry/"/>'
    '<author><name>Mara</name></author><published>2021-03-04T09:00:00Z</published><category term="Harbour"/>'
    '<content type="html">&lt;p&gt;Late.&lt;/p&gt;</content></entry></feed>'
)
