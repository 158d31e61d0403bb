"""Agencies, compartments, officers, grants, spent codes and the cache for sign-in limits."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SignInLimit',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'people_sign_in_limits',
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='agency_has_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True)),
                ('full_name', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('added_at', models.DateTimeField()),
                ('opening_until', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Compartment',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=40)),
                ('state', models.CharField(default='GIVEN', max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('founding', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.compartment')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SpentCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.BigIntegerField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('username', ''), _negated=True), name='officer_has_a_username'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('username', django.db.models.functions.text.Lower('username'))), name='officer_username_is_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='officer_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='compartment',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='compartment_has_a_code'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['officer', 'state'], name='grant_by_officer'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['GIVEN', 'CONFIRMED', 'ENDED'])), name='grant_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'analyst', 'approver', 'auditor', 'custodian', 'editor', 'supervisor'])), name='grant_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='grant_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['administrator', 'custodian']), ('compartment', 'office')), models.Q(models.Q(('role__in', ['administrator', 'auditor', 'custodian']), _negated=True), models.Q(('compartment', 'office'), _negated=True)), ('role__in', ['auditor']), _connector='OR'), name='grant_of_an_office_role_is_in_the_office'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), ('founding', True), ('given_by__isnull', True)), models.Q(('founding', False), ('given_by__isnull', False)), _connector='OR'), name='grant_has_a_giver_or_is_founding'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('given_by__isnull', True), models.Q(('given_by', models.F('officer')), _negated=True), _connector='OR'), name='grant_is_not_given_by_its_holder'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('officer')), _negated=True), _connector='OR'), name='grant_is_not_confirmed_by_its_holder'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('given_by')), _negated=True), _connector='OR'), name='grant_is_confirmed_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'CONFIRMED'), _negated=True), ('founding', True), ('confirmed_by__isnull', False), _connector='OR'), name='grant_in_force_was_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='grant_confirmed_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ENDED'), ('ended_by__isnull', False), ('ended_on__isnull', False)), models.Q(models.Q(('state', 'ENDED'), _negated=True), ('ended_by__isnull', True), ('ended_on__isnull', True)), _connector='OR'), name='grant_ended_says_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='spentcode',
            constraint=models.UniqueConstraint(fields=('officer', 'step'), name='code_is_spent_once'),
        ),
    ]
