"""A step of the scale that a review uses keeps its code and value."""

import pgtrigger

from claimtrack.db.guards import Guard, refuse

TRIGGERS = [
    Guard(
        name="used_step",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("code", "value"),
        condition=pgtrigger.AnyChange("code", "value"),
        func=f"""
            IF EXISTS (SELECT FROM claims_review WHERE verdict_id = OLD.id)
            THEN {refuse("used_step")}
            END IF;
            RETURN NEW;""",
    ),
]
