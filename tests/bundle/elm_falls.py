"""A small department as a bundle, to be read whole or spoilt in one place."""

ELM_FALLS = """\
department:
  slug: elm-falls
  name: Elm Falls Police
  timezone: America/New_York
  lines: [+19785550100]
handbook:
  ranks: [Sergeant, Officer]
  pools: [road, double]
  awarding:
    rounds:
      - name: monthly
        order: [fewest_hours, seniority]
officers:
  - ref: reyes
    badge: 0114
    name: Ana Reyes
    rank: Sergeant
    seniority_on: 2009-03-02
    qualifications: {flagger: 2027-01-31, radar: null}
    phones: [+19785550101]
  - {ref: boone, badge: 9, name: Carl Boone, rank: Officer, seniority_on: 2014-06-09, status: active}
contractors:
  - {ref: gas, name: North Gas, phones: [+19785550150]}
sites:
  - {ref: main-st, contractor: gas, name: Main Street, contact_name: Lee, contact_phone: +19785550151}
rates:
  - {ref: road, name: Road work, pay_cents_per_hour: 6200}
details:
  - ref: main-1
    site: main-st
    rate: road
    starts_at: 2026-11-10 07:00
    ends_at: 2026-11-10 15:00
    posted_at: 2026-11-01 09:00
    closes_at: 2026-11-08 12:00
    openings:
      - {count: 1, ranks: [Officer], code: 5724}
      - {count: 1, ranks: [Sergeant], ends_at: 2026-11-10 16:00}
  - {ref: main-2, site: main-st, pool: double, starts_at: 2026-11-11 07:00, ends_at: 2026-11-11 11:00}
signups:
  - {officer: reyes, detail: main-1, preference: 1, signed_up_at: 2026-11-02 08:00}
  - {officer: boone, detail: main-1}
  - {officer: reyes, detail: main-1, opening: 2}
  - {officer: boone, detail: main-2, signed_up_at: 2026-11-09 08:00}
tours:
  - {officer: boone, starts_at: 2026-11-09 22:00, ends_at: 2026-11-10 06:00}
counters:
  rotations: {road: [boone, reyes]}
  hours: {road: {boone: 31.5, reyes: 24}}
"""
