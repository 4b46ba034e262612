from django.db import migrations

FOLLOW = """
    CREATE FUNCTION seatperiod_follow_country() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE committees_seatperiod SET country = NEW.country
         WHERE superseded_at IS NULL AND seat_id IN (SELECT id FROM committees_seat WHERE organisation_id = NEW.id);
        RETURN NULL;
    END $$;
    CREATE TRIGGER seatperiod_follow_country AFTER UPDATE OF country ON members_organisation
        FOR EACH ROW WHEN (OLD.country IS DISTINCT FROM NEW.country) EXECUTE FUNCTION seatperiod_follow_country();
"""
UNFOLLOW = """
    DROP TRIGGER seatperiod_follow_country ON members_organisation;
    DROP FUNCTION seatperiod_follow_country();
"""


class Migration(migrations.Migration):
    replaces = [("committees", "0013_countries_of_periods")]

    dependencies = [("committees", "0003_calendars_and_reasons")]

    operations = [
        migrations.RunSQL(FOLLOW, UNFOLLOW),
    ]
