"""The hatch's first tables; what is published is never changed."""

from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('entry', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('leaf', models.PositiveBigIntegerField(unique=True)),
                ('mailbox', models.BinaryField(max_length=32)),
                ('body', models.BinaryField()),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('address', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('leaf', models.PositiveBigIntegerField(unique=True)),
                ('slots', models.BinaryField(default=b'')),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('note', models.TextField()),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('pk', models.CompositePrimaryKey('upload', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('upload', models.BinaryField(max_length=16)),
                ('number', models.PositiveIntegerField()),
                ('body', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='PublicHead',
            fields=[
                ('size', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='SpentToken',
            fields=[
                ('digest', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('seal', models.BinaryField(max_length=32)),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('number', models.PositiveBigIntegerField()),
                ('hashes', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LogHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('edge', models.BinaryField(default=b'')),
                ('checkpoint', models.TextField(default='')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='log_has_one_head')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('envelope', models.BinaryField(max_length=32, null=True)),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['envelope'], name='upload_by_envelope')],
            },
        ),
        migrations.RunSQL(
            "INSERT INTO hatch_loghead (id, size, edge, checkpoint) VALUES (1, 0, '', '')",
            "DELETE FROM hatch_loghead",
        ),
        AppendOnly("hatch_notice"),
        AppendOnly("hatch_leaf"),
        AppendOnly("hatch_publichead"),
    ]
