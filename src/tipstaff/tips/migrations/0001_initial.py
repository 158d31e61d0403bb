"""Envelopes, tips, their files, talk, notes and judgements; the last two take new rows only."""

import django.db.models.deletion
import tipstaff.tips.states
from django.db import migrations, models

import tipstaff.footing.append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('upload', models.BinaryField(max_length=16, null=True, unique=True)),
                ('message', models.PositiveIntegerField(default=0)),
                ('place', models.PositiveSmallIntegerField()),
                ('sealed_size', models.PositiveBigIntegerField(default=0)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.BinaryField(default=b'', max_length=32)),
                ('name', models.CharField(blank=True, max_length=1000)),
                ('doubt', models.CharField(blank=True, max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=40, unique=True)),
                ('entry', models.BinaryField(max_length=32, unique=True)),
                ('leaf', models.PositiveBigIntegerField(db_index=True)),
                ('day', models.DateField()),
                ('mailbox', models.BinaryField(max_length=32)),
                ('compartment', models.CharField(max_length=40)),
                ('state', models.CharField(default=tipstaff.tips.states.EnvelopeState['WAITING'], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('detail', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(blank=True, max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('reason', models.TextField()),
                ('author', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('direction', models.CharField(max_length=12)),
                ('day', models.DateField()),
                ('author', models.CharField(blank=True, max_length=40)),
                ('doubt', models.CharField(blank=True, max_length=16)),
                ('erased_by', models.CharField(blank=True, max_length=40)),
                ('erased_on', models.DateField(null=True)),
                ('text', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('text', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('upload', models.BinaryField(max_length=16)),
                ('number', models.PositiveIntegerField()),
                ('body', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer', models.CharField(max_length=40)),
                ('upto', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Tip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=40, unique=True)),
                ('mailbox', models.BinaryField(max_length=32, unique=True)),
                ('compartment', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('state', models.CharField(default=tipstaff.tips.states.PublicState['RECEIVED'], max_length=12)),
                ('state_on', models.DateField()),
                ('urgency', models.CharField(blank=True, default=tipstaff.tips.states.Urgency['NOT_SET'], max_length=12)),
                ('disposition', models.CharField(blank=True, max_length=12)),
                ('held', models.BooleanField(default=False)),
                ('claimed_by', models.CharField(blank=True, max_length=40)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('offer', models.CharField(blank=True, max_length=40)),
                ('offer_version', models.PositiveIntegerField(null=True)),
                ('notice', models.PositiveBigIntegerField()),
                ('language', models.CharField(blank=True, max_length=16)),
                ('may_ask', models.BooleanField()),
                ('reward', models.BooleanField()),
                ('sealed_by', models.CharField(max_length=8)),
                ('doubts', models.CharField(blank=True, max_length=200)),
                ('numbers', models.PositiveIntegerField(default=1)),
                ('state_number', models.PositiveIntegerField(default=1)),
                ('last_from_source', models.PositiveIntegerField(default=0)),
                ('reply', models.CharField(max_length=4000)),
                ('claim', models.BinaryField(max_length=32)),
                ('people', models.TextField(blank=True)),
                ('places', models.TextField(blank=True)),
                ('dates', models.TextField(blank=True)),
                ('how', models.TextField(blank=True)),
                ('text', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='sealed', serialize=False, to='tips.envelope')),
                ('body', models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name='envelope',
            index=models.Index(fields=['state', 'leaf'], name='envelope_by_state'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'opened', 'not-openable'])), name='envelope_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', tipstaff.tips.states.EnvelopeState['NOT_OPENABLE']), ('reason__in', ['altered', 'not-in-log', 'leaf-taken', 'not-sealed', 'not-for-us', 'damaged', 'bad-contents', 'other-mailbox', 'mailbox-taken', 'no-tip'])), models.Q(models.Q(('state', tipstaff.tips.states.EnvelopeState['NOT_OPENABLE']), _negated=True), ('reason', '')), _connector='OR'), name='envelope_set_aside_says_why'),
        ),
        migrations.AddConstraint(
            model_name='envelope',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['tip', 'message']), models.Q(('state', tipstaff.tips.states.EnvelopeState['OPENED']), _negated=True), _connector='OR'), name='envelope_opened_has_a_kind'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='envelope',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tips.envelope'),
        ),
        migrations.AddField(
            model_name='message',
            name='envelope',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tips.envelope'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.UniqueConstraint(fields=('upload', 'number'), name='piece_stands_once_in_its_file'),
        ),
        migrations.AddField(
            model_name='tip',
            name='envelope',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tips.envelope'),
        ),
        migrations.AddField(
            model_name='reading',
            name='tip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='tips.tip'),
        ),
        migrations.AddField(
            model_name='note',
            name='tip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='tips.tip'),
        ),
        migrations.AddField(
            model_name='message',
            name='tip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talk', to='tips.tip'),
        ),
        migrations.AddField(
            model_name='judgement',
            name='tip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='tips.tip'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='tip',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tips.tip'),
        ),
        migrations.AddIndex(
            model_name='tip',
            index=models.Index(fields=['compartment', 'held', 'id'], name='tip_queue'),
        ),
        migrations.AddIndex(
            model_name='tip',
            index=models.Index(fields=['claimed_by', 'id'], name='tip_by_holder'),
        ),
        migrations.AddConstraint(
            model_name='tip',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'being-read', 'passed-on', 'more-wanted', 'closed'])), name='tip_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='tip',
            constraint=models.CheckConstraint(condition=models.Q(('urgency__in', ['', 'danger', 'time-bound', 'other'])), name='tip_urgency_is_known'),
        ),
        migrations.AddConstraint(
            model_name='tip',
            constraint=models.CheckConstraint(condition=models.Q(('disposition__in', ['actionable', 'information', 'duplicate', 'misdirected', 'spam', 'malicious', ''])), name='tip_disposition_is_known'),
        ),
        migrations.AddConstraint(
            model_name='tip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held', True), models.Q(('claimed_by', ''), _negated=True), ('claimed_at__isnull', False)), models.Q(('held', False), ('claimed_by', ''), ('claimed_at__isnull', True)), _connector='OR'), name='tip_is_held_when_somebody_claimed_it'),
        ),
        migrations.AddConstraint(
            model_name='tip',
            constraint=models.CheckConstraint(condition=models.Q(('last_from_source__lte', models.F('numbers')), ('state_number__lte', models.F('numbers'))), name='tip_counts_what_is_said'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('tip', 'officer'), name='reading_is_one_for_each_officer'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('tip', 'number'), name='message_stands_once_in_its_talk'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['from-source', 'to-source'])), name='message_direction_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author', ''), ('direction', tipstaff.tips.states.Direction['FROM_SOURCE']), ('envelope__isnull', False)), models.Q(('direction', tipstaff.tips.states.Direction['TO_SOURCE']), ('envelope__isnull', True), models.Q(('author', ''), _negated=True)), _connector='OR'), name='message_to_the_source_has_an_author'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('erased_on__isnull', True), ('text', ''), _connector='OR'), name='message_erased_has_no_text'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['actionable', 'information', 'duplicate', 'misdirected', 'spam', 'malicious'])), name='judgement_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='judgement_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('doubt__in', ['unknown-notice', 'unknown-offer', 'unsigned', 'missing-file', 'other-file', ''])), name='attachment_doubt_is_known'),
        ),
        tipstaff.footing.append_only.AppendOnly('tips_note'),
        tipstaff.footing.append_only.AppendOnly('tips_judgement'),
    ]
