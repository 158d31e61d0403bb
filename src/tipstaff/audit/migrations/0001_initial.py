"""The record, its numbers and its heads; all three refuse UPDATE and DELETE."""

from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('edge', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='head_holds_a_leaf')],
            },
        ),
        migrations.CreateModel(
            name='Numbered',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('record', models.BigIntegerField()),
                ('leaf', models.BinaryField(max_length=32)),
                ('root', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record',), name='record_is_numbered_once'), models.CheckConstraint(condition=models.Q(('number__gte', 0)), name='number_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=80)),
                ('subject', models.CharField(max_length=80)),
                ('actor', models.CharField(max_length=80)),
                ('agency', models.CharField(blank=True, max_length=80)),
                ('compartment', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['actor', 'id'], name='audit_record_by_actor'), models.Index(fields=['verb', 'id'], name='audit_record_by_verb'), models.Index(fields=['subject', 'id'], name='audit_record_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='record_names_its_verb'), models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='record_names_its_actor')],
            },
        ),
        AppendOnly('audit_record'),
        AppendOnly('audit_numbered'),
        AppendOnly('audit_head'),
    ]
