"""The model that ships knows by hearsay alone, and carries no text."""

from collections.abc import Iterator

import numpy as np
import pytest

from broadsheet.spam import markup, training
from broadsheet.spam.evaluation import corpus
from broadsheet.spam.features import count
from broadsheet.spam.model import Model
from broadsheet.spam.reading import read
from broadsheet.spam.submission import Submission
from broadsheet.spam.training import Lessons, Ours
from tests.pure.spam.builders import HAM, SPAM, lessons

# Houses where people have a page of their own, or an address shortened.
KNOWN_TO_ALL = {"github.com", "linkedin.com", "tinyurl.com", "twitter.com", "vk.com", "youtube.com"}


@pytest.fixture(scope="module", autouse=True)
def fewer_lessons() -> Iterator[None]:
    """What is told of a model here is true after a sixth of the steps; a model takes ten seconds else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "_LESSONS", 4_000)
        yield


@pytest.fixture(scope="module")
def corpora() -> list[Lessons]:
    """The builders' lessons, as two sites might have them."""
    few = [(count(read(submission)), is_spam) for submission, is_spam in lessons()]
    return [few[:6], few[6:]]


@pytest.fixture(scope="module")
def ours() -> Ours:
    return training.our_examples()


@pytest.fixture(scope="module")
def taught(corpora, ours) -> Model:
    return training.teach(corpora, ours)


def log_odds(model: Model, text: str) -> float:
    return model.log_odds(count(read(Submission(text))))


def test_hearsay_tells_ham_from_spam(taught):
    assert all(log_odds(taught, text) > 0 for text in SPAM)
    assert all(log_odds(taught, text) < 0 for text in HAM)


def test_it_knows_no_lesson_and_remembers_no_text(taught):
    arrays = training.slim(taught)

    assert arrays["lessons"].sum() == arrays["weights"].any() == arrays["past_spam_slots"].size == 0
    assert arrays["hearsay"].any()


def test_the_same_lessons_give_the_same_weights(corpora):
    ours = Ours(corpora[0], corpora[1])

    assert np.array_equal(training.hearsay(corpora, ours), training.hearsay(corpora, ours))


def test_its_promise_comes_from_corpora_that_it_was_not_taught(taught):
    assert taught.promise.counts.tolist() == [len(HAM), len(SPAM)]


def test_honest_comments_of_a_strange_site_may_look_worse_than_the_witnesses(taught, corpora, ours):
    judged: list[float] = []
    model = Model.from_arrays(taught.arrays())
    for corpus_left_out, taught_of in zip(corpora, reversed(corpora), strict=True):
        model.hearsay[:] = training.hearsay([taught_of], ours)
        judged += [model.log_odds(found) for found, is_spam in corpus_left_out if not is_spam]

    assert np.all(np.sort(taught.promise.ham[: len(HAM)]) > np.sort(judged) + 1)


def test_no_feature_speaks_for_all_and_no_text_is_told_with_certainty(corpora):
    """A single word that tells ham from spam every time is believed only as far as the doubt that is left."""
    told = [
        (count(read(Submission(text))), is_spam)
        for text, is_spam in (("casino", True), ("hello", False))
    ]
    model = Model.empty()
    model.hearsay[:] = training.hearsay([told * 20], Ours(corpora[0], []))

    for features, is_spam in told:
        loud = float(model.opinions(features)[-1])  # hearsay, and nothing else was learned
        assert 0 < (loud if is_spam else -loud) < 3


@pytest.mark.parametrize("path", training.EXAMPLES)
def test_our_examples_are_of_both_kinds_and_none_is_there_twice(path):
    examples = corpus.read(path)
    texts = [example.submission.text for example in examples]

    assert 0.3 < sum(example.is_spam for example in examples) / len(examples) < 0.7
    assert len(set(texts)) == len(texts)


def test_websites_of_our_examples_are_nobodys():
    """Or those of houses that everyone knows: what is written about them is invented."""
    examples = [example for path in training.EXAMPLES for example in corpus.read(path)]
    hosts = {
        markup.host_and_path(example.submission.author_url)[0]
        for example in examples
        if example.submission.author_url
    }

    assert {host for host in hosts if ".example." not in f".{host}"} <= KNOWN_TO_ALL
