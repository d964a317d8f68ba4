# SpamAssassin's Bayes as a filter for many messages: perl spamassassin.pl FOLDER, which is to be empty.
# Standard input: a line "judge|ham|spam LENGTH", then a message of LENGTH bytes. Answers a line: to "judge" the
# probability of spam (0.5 where it says nothing yet), else whether it learned.
use strict;
use warnings;
use Mail::SpamAssassin;

my $folder   = shift;
my $assassin = Mail::SpamAssassin->new({
    config_text => <<"SETTINGS",
loadplugin Mail::SpamAssassin::Plugin::Bayes
use_bayes 1
use_learner 1
bayes_auto_learn 0
bayes_learn_to_journal 0
bayes_min_ham_num 1
bayes_min_spam_num 1
bayes_path $folder/bayes
SETTINGS
    local_tests_only     => 1,
    dont_copy_prefs      => 1,
    require_rules        => 0,
    site_rules_filename  => '/dev/null',
    userprefs_filename   => '/dev/null',
    userstate_dir        => $folder,
    home_dir_for_helpers => $folder,
});
$assassin->init(0);
$assassin->init_learner({});
my ($bayes) = grep { ref eq 'Mail::SpamAssassin::Plugin::Bayes' } @{ $assassin->{plugins}{plugins} };

$| = 1;
binmode STDIN;
while (my $line = <STDIN>) {
    my ($what, $length) = split ' ', $line;
    read STDIN, my $content, $length;
    my $message = $assassin->parse($content);
    print $what eq 'judge' ? judge($message) : learn($message, $what eq 'spam'), "\n";
    $message->finish;
}

sub judge {
    my $message     = shift;
    my $status      = Mail::SpamAssassin::PerMsgStatus->new($assassin, $message);
    my $probability = $bayes->scan($status, $message) // 0.5;
    $status->finish;
    return $probability;
}

sub learn {
    my ($message, $is_spam) = @_;
    my $status  = $assassin->learn($message, undef, $is_spam, 0);
    my $learned = $status->did_learn ? 'learned' : 'skipped';
    $status->finish;
    return $learned;
}
