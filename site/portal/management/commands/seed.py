"""Load the catalogue, the bank, courses, articles and campaigns; in the embedded profile also people to try it with."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions import consents, organisation_seeding, roles
from accounts.permissions import grant_permissions as grant_people_permissions
from campaigns.actions import seeding as campaigns
from chatbot.actions import seeding as chatbot
from chatbot.actions import triage_rules
from chatbot.permissions import grant_permissions as grant_bot_permissions
from core.actions import retention
from exams.actions import practical_seeding, rule_seeding
from exams.actions import seeding as exams
from exams.permissions import grant_permissions as grant_exam_permissions
from kb.actions import seeding as kb
from kb.permissions import grant_permissions as grant_kb_permissions
from notifications.permissions import grant_permissions as grant_notice_permissions
from portal.actions import demo, demo_organisations, editors, site
from training.actions import seeding as training

TRAINING_CONTENT = settings.ROOT / "training/content"
KB_CONTENT = settings.ROOT / "kb/content"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        now = timezone.now()
        address = urlsplit(settings.BASE_URL)
        roles.ensure_roles()
        self.say("privacy notices", consents.load_notices(now=now))
        self.say("districts", organisation_seeding.load_districts())
        home = site.ensure_home(hostname=address.hostname, port=address.port or 80)
        courses, campaign_index = site.ensure_indexes(home=home)
        self.say("courses", len(training.load_courses(folder=TRAINING_CONTENT, index_page=courses, by=None, now=now)))
        self.say("schemes", exams.load_schemes())
        self.say("operations", exams.load_operations())
        self.say("laws and standards", exams.load_sources())
        self.say("questions", exams.load_banks(now=now))
        self.say("exam rules", rule_seeding.load_rules())
        self.say("practical tasks", practical_seeding.load_practicals(now=now))
        self.say("search words and synonyms", kb.load_lexicon(path=KB_CONTENT / "synonyms.yaml"))
        self.say("knowledge articles written", kb.load_articles(folder=KB_CONTENT, by=None, now=now))
        self.say("triage rules", triage_rules.load_rules())
        self.say("questions to offer", chatbot.load_quick_questions())
        self.say("new campaigns", campaigns.load_campaigns(index=campaign_index))
        self.say("new site articles", campaigns.load_articles(home=home))
        self.say("retention rules", retention.ensure_rules())
        grant_people_permissions()
        grant_exam_permissions()
        grant_kb_permissions()
        grant_bot_permissions()
        grant_notice_permissions()
        editors.grant_permissions(home=home, courses=courses)
        if settings.PROFILE == "embedded":
            self.demo(now)

    def say(self, what: str, count: int) -> None:
        self.stdout.write(f"  {what}: {count}")

    def demo(self, now) -> None:
        accounts = [*demo.make_accounts(now=now), *demo_organisations.make(now=now)]
        sitting = demo.open_sitting(now=now)
        demo.admit_candidate(sitting=sitting, username=demo.CANDIDATE[0], now=now)
        for account in accounts:
            self.stdout.write(
                f"  account {account.role:<17} {account.name:<12} user={account.username} password={account.password}"
            )
        if accounts:
            self.stdout.write(f"  sitting {sitting.title} passcode={sitting.passcode}")
