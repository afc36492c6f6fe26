"""The function that composes a claim's document, compiled from the serializer that declares the claim's JSON."""

from claims.api.serializers.claims import ClaimSerializer
from claims.models import Claim
from claimtrack.db.json import select_json

_members = list(ClaimSerializer().fields)
_verdict = _members.index("verdict")
# `id`, `url` and `receipt` come first: they are known without the document, and the address of the site is a setting.
HEAD, TAIL = _members[_members.index("receipt") + 1 : _verdict], _members[_verdict + 1 :]

# STABLE: it reads with the snapshot of the statement that calls it. PL/pgSQL keeps the plan for the session: one made while the
# tables are empty would read them whole for each claim of a first import, hence by index.
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION claims_compose(claim bigint, OUT head text, OUT verdict text, OUT tail text)
    LANGUAGE plpgsql STABLE COST 10000 SET enable_seqscan = off AS $$
    BEGIN
        {select_json(ClaimSerializer, Claim, "$1", HEAD, ["verdict"], TAIL)} INTO head, verdict, tail;
        -- Without the braces of the three objects, which are one.
        head := left(substr(head, 2), -1);
        verdict := left(substr(verdict, 2), -1);
        tail := left(substr(tail, 2), -1);
    END $$;
"""
DROP_FUNCTION = "DROP FUNCTION claims_compose"
