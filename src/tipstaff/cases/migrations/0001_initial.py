"""Cases and what stands in them; what was stated, recorded, attested or confirmed is append-only."""

import django.db.models.deletion
from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('home', models.CharField(max_length=40)),
                ('state', models.CharField(default='open', max_length=10)),
                ('state_on', models.DateField()),
                ('opened_by', models.CharField(max_length=150)),
                ('opened_on', models.DateField()),
                ('sources', models.PositiveIntegerField(default=0)),
                ('findings', models.PositiveIntegerField(default=0)),
                ('outcomes', models.PositiveIntegerField(default=0)),
                ('contributions', models.PositiveIntegerField(default=0)),
                ('tasks', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='case_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'reopened'])), name='case_state_is_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='case_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='CaseSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('tip', models.CharField(db_index=True, max_length=24)),
                ('tip_day', models.DateField()),
                ('offer', models.CharField(blank=True, max_length=40)),
                ('offer_version', models.PositiveIntegerField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24)),
                ('number', models.PositiveIntegerField(default=1)),
                ('place', models.PositiveIntegerField()),
                ('why', models.TextField(blank=True)),
                ('statement', models.TextField()),
                ('stated_by', models.CharField(max_length=150)),
                ('stated_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='cases.finding')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FindingSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('reference', models.CharField(max_length=200)),
                ('reliability', models.CharField(max_length=1)),
                ('credibility', models.CharField(max_length=1)),
                ('says', models.TextField()),
                ('day', models.DateField()),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='cases.finding')),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('author', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24)),
                ('number', models.PositiveIntegerField(default=1)),
                ('place', models.PositiveIntegerField()),
                ('why', models.TextField(blank=True)),
                ('kind', models.CharField(max_length=40)),
                ('subject_kind', models.CharField(max_length=12)),
                ('subject', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=12)),
                ('suspicion', models.TextField(blank=True)),
                ('review_on', models.DateField(null=True)),
                ('country', models.CharField(max_length=2)),
                ('day', models.DateField()),
                ('scope', models.CharField(max_length=13)),
                ('paragraph', models.CharField(blank=True, max_length=4)),
                ('crime_class', models.CharField(blank=True, max_length=40)),
                ('charge', models.TextField(blank=True)),
                ('court', models.CharField(blank=True, max_length=200)),
                ('amount_minor', models.PositiveBigIntegerField(null=True)),
                ('amount_currency', models.CharField(blank=True, max_length=3)),
                ('designation', models.CharField(blank=True, max_length=10)),
                ('outside_us', models.BooleanField()),
                ('key_leader', models.BooleanField()),
                ('federal_jurisdiction', models.BooleanField()),
                ('death_resulted', models.BooleanField()),
                ('recorded_by', models.CharField(max_length=150)),
                ('recorded_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='cases.outcome')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24)),
                ('number', models.PositiveIntegerField(default=1)),
                ('place', models.PositiveIntegerField()),
                ('why', models.TextField(blank=True)),
                ('how_used', models.TextField()),
                ('used_on', models.DateField()),
                ('known', models.CharField(max_length=6)),
                ('known_since', models.DateField(null=True)),
                ('known_from', models.CharField(blank=True, max_length=200)),
                ('corroboration', models.TextField(blank=True)),
                ('evidence', models.CharField(blank=True, max_length=200)),
                ('attested_by', models.CharField(max_length=150)),
                ('agency', models.CharField(max_length=40)),
                ('attested_on', models.DateField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='cases.contribution')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='cases.casesource')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='cases.finding')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='cases.outcome')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_by', models.CharField(max_length=150)),
                ('confirmed_by', models.CharField(max_length=150)),
                ('confirmed_at', models.DateTimeField()),
                ('outcome', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='cases.outcome')),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('assignee', models.CharField(max_length=150)),
                ('due_on', models.DateField()),
                ('given_by', models.CharField(max_length=150)),
                ('given_at', models.DateTimeField()),
                ('done_by', models.CharField(blank=True, max_length=150)),
                ('done_on', models.DateField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseCompartment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('compartment', models.CharField(db_index=True, max_length=40)),
                ('shared_by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='compartments', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'compartment'), name='case_belongs_to_a_compartment_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='casesource',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='source_number_stands_once_in_its_case'),
        ),
        migrations.AddConstraint(
            model_name='casesource',
            constraint=models.UniqueConstraint(fields=('case', 'tip'), name='tip_has_one_number_in_a_case'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['case', 'place'], name='findings_of_a_case'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('ref', 'number'), name='finding_numbers_its_rows_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('number', 1), ('why', '')), models.Q(('corrects__isnull', False), ('number__gt', 1), models.Q(('why', ''), _negated=True)), _connector='OR'), name='finding_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('statement', ''), _negated=True), name='finding_states_something'),
        ),
        migrations.AddIndex(
            model_name='findingsource',
            index=models.Index(fields=['kind', 'reference'], name='findings_by_source'),
        ),
        migrations.AddConstraint(
            model_name='findingsource',
            constraint=models.UniqueConstraint(fields=('finding', 'place'), name='finding_places_its_sources_once'),
        ),
        migrations.AddConstraint(
            model_name='findingsource',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['tip', 'document', 'agency'])), name='finding_source_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='findingsource',
            constraint=models.CheckConstraint(condition=models.Q(('credibility__in', ['1', '2', '3', '4', '5', '6']), ('reliability__in', ['A', 'B', 'C', 'D', 'E', 'F'])), name='finding_source_is_graded'),
        ),
        migrations.AddConstraint(
            model_name='findingsource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), models.Q(('says', ''), _negated=True)), name='finding_source_is_named_and_says_something'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='case_note_says_something'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(fields=['case', 'place'], name='outcomes_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(fields=['day', 'id'], name='outcomes_by_day'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(fields=['kind', 'day'], name='outcomes_by_kind'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(fields=['country', 'day'], name='outcomes_by_country'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('ref', 'number'), name='outcome_numbers_its_rows_once'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('number', 1), ('why', '')), models.Q(('corrects__isnull', False), ('number__gt', 1), models.Q(('why', ''), _negated=True)), _connector='OR'), name='outcome_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['arrest', 'charge', 'conviction', 'transfer', 'disruption-of-financial-mechanisms', 'seizure', 'recovery', 'identification-of-leader', 'location-of-leader', 'prevention-or-dismantling'])), name='outcome_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['domestic', 'international'])), name='outcome_scope_is_known'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(('designation__in', ['', 'toc-group', 'fto', 'sdgt'])), name='outcome_designation_is_known'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['leader', 'organiser', 'financier', 'recruiter', 'participant', 'aider', 'group', 'company']), ('subject_kind__in', ['person', 'organisation'])), name='outcome_subject_took_part_in_the_enterprise'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject_kind', 'person'), _negated=True), models.Q(models.Q(('suspicion', ''), _negated=True), ('review_on__isnull', False)), _connector='OR'), name='outcome_on_a_person_states_suspicion_and_review'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_currency', ''), ('amount_minor__isnull', True)), models.Q(('amount_minor__gt', 0), models.Q(('amount_currency', ''), _negated=True)), _connector='OR'), name='outcome_amount_is_money'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['case', 'place'], name='contributions_of_a_case'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('ref', 'number'), name='contribution_numbers_its_rows_once'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('number', 1), ('why', '')), models.Q(('corrects__isnull', False), ('number__gt', 1), models.Q(('why', ''), _negated=True)), _connector='OR'), name='contribution_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('known', 'no'), ('known_from', ''), ('known_since__isnull', True)), models.Q(('known__in', ['partly', 'yes']), ('known_since__isnull', False), models.Q(('known_from', ''), _negated=True)), _connector='OR'), name='contribution_says_what_was_known'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('how_used', ''), _negated=True), name='contribution_says_how_it_was_used'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), name='outcome_is_confirmed_by_a_second_officer'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['case', 'done_on', 'due_on'], name='tasks_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['assignee', 'done_on', 'due_on'], name='tasks_of_an_officer'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='task_number_stands_once_in_its_case'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by', ''), ('done_on__isnull', True)), models.Q(models.Q(('done_by', ''), _negated=True), ('done_on__isnull', False)), _connector='OR'), name='task_is_done_by_somebody_on_a_day'),
        ),
        AppendOnly('cases_casecompartment'),
        AppendOnly('cases_casesource'),
        AppendOnly('cases_note'),
        AppendOnly('cases_finding'),
        AppendOnly('cases_findingsource'),
        AppendOnly('cases_outcome'),
        AppendOnly('cases_confirmation'),
        AppendOnly('cases_contribution'),
    ]
