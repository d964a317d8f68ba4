"""One newspaper on seven machines: three nodes, a balancer, two databases, a store."""

import os
import re
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3

from broadsheet.press.store import PageStore
from tests.cluster import databases
from tests.cluster.databases import Databases
from tests.cluster.members import BALANCER, Desk, Member, join
from tests.cluster.network import Machine, network
from tests.cluster.readers import Article, Crowd, ask, read
from tests.cluster.waiting import note, until
from tests.s3 import swift
from tests.s3.swift import Store

ROOT = Path(__file__).resolve().parents[2]
NODES = {"one": "10.0.0.1", "two": "10.0.0.2", "three": "10.0.0.3"}
MACHINES = NODES | {
    "balancer": BALANCER,
    "db1": "10.0.0.11",
    "db2": "10.0.0.12",
    "store": "10.0.0.21",
}
LOOKS = 4


@dataclass(slots=True)
class Paper:
    machines: dict[str, Machine]
    databases: Databases
    store: Store
    nodes: list[Member] = field(default_factory=list)
    desk: Desk | None = None
    balancer: int = 0  # its process

    def ask(self, *command: object) -> Any:
        """See inside.py."""
        assert self.desk
        return self.desk.ask(*command)

    def publish(self, title: str, nodes: Sequence[Member] = ()) -> Article:
        """An article that every node shows, or these."""
        article = Article(*self.ask("publish", title))
        for node in nodes or self.nodes:
            until(lambda node=node: title in node.get(article.path), what="a change elsewhere")
        return article

    @contextmanager
    def crowd(self, title: str) -> Iterator[Crowd]:
        """Readers write below a new article, and read it, the lists and its photo, for as long as the block runs.

        Then: what was acknowledged is kept, once; who only read was never refused.
        """
        article = self.publish(title)
        photo = self.photo_below(article)
        for node in self.nodes:
            assert read(photo, **node.place).status == 200
        crowd = Crowd(article, [article.path, "/", "/news/", photo])
        with crowd.around():
            yield crowd
        kept = self.texts_below(article)
        assert len(set(kept)) == len(kept), "a comment was kept twice"
        assert set(crowd.acknowledged) <= set(kept)
        assert set(crowd.refused) <= {502, 503, 504}
        assert not crowd.not_read, crowd.not_read[:5]
        wrote, read_ = len(crowd.acknowledged), crowd.read
        note(f"{title}: {wrote} comments; {read_} reads, the longest {crowd.longest:.1f} s")

    def repair(self) -> None:
        for machine in self.machines.values():
            machine.heal()
        if not self.databases.standby.is_running():
            self.databases.add_standby()
        gone = [node for node in self.nodes if node.process and node.process.poll() is not None]
        for node in gone:
            node.start()
        for node in gone:
            node.wait()

    def photo_below(self, article: Article) -> str:
        """The address of an article's photo."""
        found = re.search(r'/media/[^" ,]+', self.nodes[0].get(article.path))
        assert found
        return found[0]

    def make_forgotten(self, node: Member) -> None:
        """What is ordered of it goes, as if it had been away for hours."""
        name = PageStore(node.pages).name()
        with self.databases.primary.connection() as link:
            link.execute(
                "UPDATE press_node SET seen_at = seen_at - interval '2 hours' WHERE name = %s",
                [name],
            )
            question = "SELECT count(*) FROM press_node WHERE name = %s"
            until(
                lambda: link.execute(question, [name]).fetchone() == (0,),
                what="the node is forgotten",
                patience=180,
            )

    def wait_for_first(self) -> Member:
        until(lambda: self.first(self.nodes) is not None, what="one of them is first")
        found = self.first(self.nodes)
        assert found is not None
        return found

    def others(self, one: Member) -> list[Member]:
        return [node for node in self.nodes if node is not one]

    def teach(self) -> None:
        """Some lessons, until all nodes have learnt them: their filters are the same, bit by bit, though texts were erased."""
        before = max(position for position, _ in self.models())
        self.ask("teach")
        until(
            lambda: len(self.models()) == 1 and min(self.models())[0] > before,
            what="all have learnt the same",
        )

    def wait_until_all_know_the_same(self) -> None:
        until(lambda: len(self.models()) == 1, what="all have the same filter")

    def models(self) -> set[tuple[float, str]]:
        return {node.model() for node in self.nodes}

    def first(self, among: Sequence[Member]) -> Member | None:
        """Who of them does what only one does; None while that is not exactly one."""
        found = [node for node in among if node.is_first()]
        return found[0] if len(found) == 1 else None

    def texts_below(self, article: Article) -> list[str]:
        question = "SELECT text FROM comments_readercomment WHERE page_id = %s"
        with self.databases.primary.connection() as link:
            return [str(text) for (text,) in link.execute(question, [article.page_id])]

    def is_kept(self, checked: str) -> bool:
        """Is a check with this text in the log of the spam service, which all nodes share?"""
        question = "SELECT EXISTS (SELECT FROM akismet_check WHERE submission->>'text' = %s)"
        with self.databases.primary.connection() as link:
            return link.execute(question, [checked]).fetchone() == (True,)

    @contextmanager
    def stalled_store(self) -> Iterator[None]:
        """It takes connections, and answers nobody."""
        os.kill(self.store.proxy, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.store.proxy, signal.SIGCONT)

    def seconds_until_true(self, nodes: Sequence[Member]) -> float:
        """Seconds from now until the last page of these nodes was printed that made all of them true.

        Their folders are watched until nothing is ordered; then their pages are compared with a fresh print. They were true
        since the folders changed for the last time. What changes while they are compared (a duty has counted comments), and
        may be ordered and not printed yet, is watched anew.
        """
        for _ in range(LOOKS):
            began = time.monotonic()
            watched = [_Watched(node) for node in nodes]
            self._wait_until_printed(watched)
            untrue = {one.node.name: self.ask("look", str(one.node.pages)) for one in watched}
            if not self.orders(nodes) and rest(watched):
                assert not any(untrue.values()), self._told(watched, untrue)
                took = max(0.0, *(one.changed_at - began for one in watched))
                note(f"all pages true after {took:.1f} s")
                return took
        raise AssertionError("the pages change all the time")

    def _told(self, watched: "Sequence[_Watched]", untrue: dict[str, list[str]]) -> str:
        """Which pages, and how the first one of each node differs."""
        said = [str(untrue)]
        for one in watched:
            for path in untrue[one.node.name][:1]:
                said += [one.node.name, *self.ask("compare", str(one.node.pages), path)]
        return "\n".join(said)

    def _wait_until_printed(self, watched: "Sequence[_Watched]") -> None:
        nodes = [one.node for one in watched]
        until(lambda: rest(watched) and not self.orders(nodes), what="all is printed")

    def orders(self, nodes: Sequence[Member]) -> int:
        """How many orders to print wait for these nodes."""
        question = (
            "SELECT count(*) FROM press_printorder o JOIN press_node n ON n.id = o.node_id"
            " WHERE n.name = ANY(%s) AND o.subject IN ('PATH', 'PAGE', 'EVERYTHING')"
        )
        names = [PageStore(node.pages).name() for node in nodes]
        with self.databases.primary.connection() as link:
            row = link.execute(question, [names]).fetchone()
        return int(str(row[0])) if row else 0


@dataclass(slots=True)
class _Watched:
    """A node's folder, and when it was seen to have changed."""

    node: Member
    seen: str = ""
    changed_at: float = 0.0  # on the monotonic clock

    def rests(self) -> bool:
        """Is it as it was the last time?"""
        before, self.seen = self.seen, self.node.fingerprint()
        if before == self.seen:
            return True
        self.changed_at = time.monotonic()
        return False


def rest(watched: Sequence[_Watched]) -> bool:
    """Are all as they were the last time? Each is looked at."""
    return sum(not one.rests() for one in watched) == 0


@contextmanager
def running(root: Path) -> Iterator[Paper]:
    """All of it, from nothing, with the balancer's rules as they are in contrib."""
    with ExitStack() as stack:
        machines = stack.enter_context(network(MACHINES))
        with ThreadPoolExecutor(2) as threads:
            started = threads.submit(
                stack.enter_context, databases.running([machines["db1"], machines["db2"]])
            )
            store = stack.enter_context(_store(root, machines["store"]))
            paper = Paper(machines, started.result(), store)
        stack.enter_context(_nodes(root, paper))
        paper.balancer = stack.enter_context(_balancer(root, machines["balancer"]))
        until(lambda: ask("GET", "/").status == 200, what="the balancer has found them")
        yield paper


@contextmanager
def _store(root: Path, machine: Machine) -> Iterator[Store]:
    folder = root / "store"
    folder.mkdir()
    with swift.running(folder, host=machine.address, wrapper=machine.wrapper) as store:
        yield store


@contextmanager
def _nodes(root: Path, paper: Paper) -> Iterator[None]:
    """The first migrates, the others join."""
    bucket = f"media-{uuid.uuid4().hex}"
    client = boto3.client(
        "s3",
        endpoint_url=paper.store.endpoint,
        aws_access_key_id=paper.store.key,
        aws_secret_access_key=paper.store.secret,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=bucket)
    shared = {
        "DATABASE_URL": paper.databases.url,
        "MEDIA_TO": f"s3://{bucket}/paper",
        **paper.store.environment,
    }
    first = Member(paper.machines["one"], root / "one", shared)
    paper.nodes.append(first)
    try:
        first.start()
        first.wait()
        paper.nodes += [join(first, paper.machines[name]) for name in ("two", "three")]
        for node in paper.nodes[1:]:
            node.start()
        paper.desk = Desk(first)
        for node in paper.nodes[1:]:
            node.wait()
        paper.ask("open_comments")
        yield
    finally:
        if paper.desk:
            paper.desk.close()
        for node in paper.nodes:
            node.leave()
        for node in paper.nodes:
            node.stop()


@contextmanager
def _balancer(root: Path, machine: Machine) -> Iterator[int]:
    """HAProxy with the rules of contrib; only its connections are as few as these two cores can serve."""
    (root / "fewer.cfg").write_text("global\n    maxconn 1000\n")
    files = [root / "fewer.cfg", ROOT / "contrib" / "haproxy" / "haproxy.cfg"]
    named = [part for file in files for part in ("-f", str(file))]
    process = subprocess.Popen([*machine.wrapper, "haproxy", "-q", "-db", *named])
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()
