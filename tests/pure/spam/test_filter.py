import pytest

from broadsheet.spam import DamagedModel, Judgement, SpamFilter, Submission
from tests.pure.spam.builders import HAM, SPAM, a_taught_filter, lessons


@pytest.mark.parametrize("text", SPAM)
def test_taught_spam_is_judged_more_likely_spam_than_not(text):
    assert a_taught_filter().judge(Submission(text)).spam_probability > 0.5


@pytest.mark.parametrize("text", HAM)
def test_taught_ham_is_judged_ham(text):
    assert a_taught_filter().judge(Submission(text)).judgement is Judgement.HAM


def test_a_saved_filter_judges_as_before(tmp_path):
    taught = a_taught_filter()
    taught.save(tmp_path / "model")

    loaded = SpamFilter.load(tmp_path / "model")

    for text in HAM + SPAM:
        assert loaded.judge(Submission(text)) == taught.judge(Submission(text))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:-1], id="cut short"),
        pytest.param(lambda content: b"x" + content[1:], id="another magic line"),
        pytest.param(lambda content: content[:-9] + b"?" + content[-8:], id="a byte altered"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
def test_a_damaged_model_is_refused_in_one_line(tmp_path, damage):
    path = tmp_path / "model"
    a_taught_filter().save(path)
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(DamagedModel) as refusal:
        SpamFilter.load(path)

    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_model_is_refused(tmp_path):
    with pytest.raises(DamagedModel):
        SpamFilter.load(tmp_path / "nothing")


def test_the_same_lessons_give_the_same_filter(tmp_path):
    SpamFilter.rebuilt(lessons()).save(tmp_path / "one")
    SpamFilter.rebuilt(lessons()).save(tmp_path / "two")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_rebuilding_from_a_start_leaves_the_start_alone():
    start = SpamFilter.empty()

    SpamFilter.rebuilt(lessons(), start=start)

    assert start.judge(Submission(SPAM[0])) == SpamFilter.empty().judge(Submission(SPAM[0]))
