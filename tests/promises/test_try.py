import time
from tests.promises.town import build, PEOPLE
from tests.promises.running import running
from tests.promises.addresses import addresses
from tests.promises.ledger import ledger, changed
from tests.support.moments import StandingClock
import collections
def test_x(world, tmp_path):
    with running(world, tmp_path, StandingClock(), testing=False) as app:
        town = build(world, app)
        t=time.time()
        before = ledger(world)
        print("ledger", time.time()-t)
        for who in ("nobody",)+PEOPLE:
            c = collections.Counter()
            for a in addresses(app, town, reading=True):
                town.tokens = town.tokens
                client = town.sits(who)
                r = client.get(a.path)
                c[r.status_code]+=1
                if r.status_code in (200,) or r.status_code>=500:
                    print(who, r.status_code, a.path)
                after = ledger(world)
                ch = changed(before, after)
                if ch:
                    print("CHANGED", who, a, ch); before=after
                    if who!="nobody": town.tokens[who]=town.signs_in(who); before=ledger(world)
            print(who, c)
        print(time.time()-t)
        assert 0
