"""Where the knobs come from: public policies and agreements that say what a knob lets a handbook say."""

AUBURN = "Auburn police agreement, art. 13.6, outside details (lawinsider.com/clause/outside-details)"
CALL_IN = "Patrol Overtime Call-In Procedure (lawinsider.com/clause/patrol-overtime-call-in-procedure)"
CALLING_HOURS = (
    "47 CFR 64.1200(c)(1), hours of telephone solicitation (edocket.access.gpo.gov/cfr_2008/octqtr/47cfr64.1200.htm)"
)
BROWARD = "Broward County FL, Sheriff's Policy Manual, 3.16 B, hours worked (quizgecko.com/uploads/316pdf-OR56Hk)"
CORAL_SPRINGS = "Coral Springs FL, FOP agreement, art. 29 (issuu.com/coralsprings/docs/cba_fop_1_officers_final_cb_)"
CLOSTER = "Closter NJ, Ord. 2004:924, escrow accounts for private duty work (ecode360.com/7047907)"
DOVER = "Dover MA, Order a Police Detail (doverma.gov/801)"
GRAFTON = "Grafton MA, Police Detail Policy (graftonpolice.com/detail-request)"
GREENWICH = "Greenwich CT, Police Extra Duty Hiring Procedures (greenwichct.gov/1575)"
HARTFORD = "Hartford CT, Private Duty Police Requests (hartfordct.gov, Pvt-dty-plc)"
LEXINGTON = "Lexington MA, Policy 64B, Paid Details (records.lexingtonma.gov/WebLink/0/doc/421675)"
LOWEST_HOURS = "Police agreement, Off-Duty Detail Scheduling (markettransfer.info/clause/off-duty-detail-scheduling)"
LUNENBURG = "Lunenburg MA, Details Request (lunenburgma.gov/381)"
OFF_DUTY_70 = "Off-Duty Details policy, limits of 70 hours a week (fla-pac.org/pac-requests/reply/18818)"
ORDER_12 = "Departmental Order 12, ch. 1, 1.6.8, hours (quizgecko.com/upload/9MWRw5LCIodrx2uZP0LAr9C1w3carUzv)"
ORDER_12_NO_SHOW = "Departmental Order 12, ch. 1, no-shows (quizgecko.com/upload/xVrz9jp5G5oUaFtHcb7HcuxL3PRSk8NT)"
OVERTIME_CANCELLED = "Station order on cancelling overtime, West Hollywood (pars.lasd.org/Viewer/Manuals/16604)"
OXFORD = "Oxford MA, Detail Request Form (oxfordma.us/739)"
PROVIDENCE = "Providence RI, Police Detail Agreement (fill.io/CITY-OF-PROVIDENCE-POLICE-DETAIL-AGREEMENT)"
RECORDING_CONSENT = (
    "California Penal Code, 632(a), consent of all parties (centraldistrictinsider.com/2021/04/26, eavesdropping)"
)
RECORDINGS_KEPT = "Ohio records schedule 34464, routine recordings of phone calls (rims.das.ohio.gov/Schedule/Details)"
ROSTER = "Police union agreement, art. 15, private duty roster (hitpages.com/doc/4516016109387776, pp. 17-19)"
ROSTER_PRIVATE = "Police union agreement, art. 15.1, rate of private work (hitpages.com/doc/4516016109387776, p. 17)"
ROSTER_OVERTIME = "Police union agreement, art. 14, overtime by rotation (hitpages.com/doc/4516016109387776, p. 15)"
ROSTER_SICK = "Police union agreement, art. 14.7 a, off duty sick (hitpages.com/doc/4516016109387776, p. 16)"
SPECIAL_DETAILS = "Police agreement on unofficial functions, special details (lawinsider.com/clause/special-details)"
ST_PAUL = "St. Paul MN, 230.07, disciplinary procedures (stpaul.gov/books/23007-immediate-disciplinary-procedures)"
TORONTO = (
    "Toronto Police, paid duty rates (fightyourtickets.ca/paid-duty-toronto-police-cash-cow-continues-uninterrupted)"
)
BOSTON = (
    "Boston MA, police regulations on hours (thecrimereport.org/2006/02/17/"
    "boston-punishes-82-officers-for-working-too-many-hours)"
)
CARSON = "Carson Station CA, overtime draft, directive 97-02 (pars.lasd.org/Viewer/Manuals/15989/Content/15996)"
EMERGENCY_EXTRA_DUTY = "Emergency extra duty, police agreements (lawinsider.com/clause/emergency-extra-duty)"
EQUAL_BY_DIVISION = "Equalization of overtime, four agreements (lawinsider.com/dictionary/equalization-of-overtime)"
MANDATORY = (
    "Assignment of mandatory overtime, police agreements (lawinsider.com/clause/assignment-of-mandatory-overtime/_2)"
)
OVERTIME_RECORD = "Overtime record, sergeants' agreements (lawinsider.com/clause/overtime-record/_2)"
PORT_ST_LUCIE = "Port St. Lucie FL, Extra Duty Detail guidelines (form.jotform.com/242085288238059)"
SHIFT_OVERTIME = "Shift overtime, agreements of police bureaus (lawinsider.com/clause/shift-overtime/_2)"
SOUTH_PLAINFIELD = "South Plainfield NJ, ch. 84, off-duty police officers (ecode360.com/12156563)"
SPECIAL_EVENTS = (
    "Special event assignments, a police agreement (lawinsider.com/clause/for-police-officers-and-sergeants/_1)"
)
SUNNY_ISLES = "Sunny Isles Beach FL, police agreement, art. 18 (docucenter.sibfl.net/WebLink/0/doc/2188600, p. 27)"
TOLEDO_OVERTIME = "Toledo OH, Local 2058, overtime (codelibrary.amlegal.com/codes/toledo/latest/toledo_oh/0-0-0-129917)"
TOLEDO_RECALL = (
    "Toledo OH, command officers, special events recall "
    "(codelibrary.amlegal.com/codes/toledo/latest/toledo_oh/0-0-0-117397)"
)
NORTH_MIAMI = "North Miami FL, Off-Duty Police Services (northmiamifl.gov/536)"
MEDFIELD = "Medfield MA, police agreement, extra paid details, A 2 (lawinsider.com/clause/extra-paid-details)"
NASHUA_MASTER = "Nashua NH, a union agreement, P, master overtime list (nashuacity.com/index.php/node/13367)"
NASHUA = "Nashua NH, a union agreement, overtime, I to M (nashuacity.com/index.php/node/13404)"
OVERTIME_AVAILABILITY = (
    "Overtime availability, a communications division, D (lawinsider.com/clause/overtime-availability)"
)
OVERTIME_FAIRNESS = "Overtime fairness, a university police agreement, B (lawinsider.com/clause/overtime-fairness)"
OVERTIME_PREFERENCE = "Overtime preference, a sheriff's agreements (lawinsider.com/clause/overtime-preference/_9)"
FULL_TIME_FIRST = "Priority for overtime, agreements of boroughs (lawinsider.com/clause/priority-for-overtime)"
ROSTER_EMERGENCY = "Police union agreement, art. 14.6, emergencies (hitpages.com/doc/4516016109387776, p. 16)"
SALEM = "Salem MA, details by seniority, anew each Monday (salemnews.com/local/x1927838980)"
SALEM_DETAILS = "Salem MA, Private Details, I c (scribd.com/document/229471849/Salem-Police-Detail-Policy-June-2014)"
STATE_POLICE = (
    "State police, ADM-25, paid details (brainscape.com/flashcards/adm-25-paid-details-and-overtime-15591441)"
)
BELLEVUE = (
    "Bellevue WA, police manual 23.00.030, officer emergencies (bellevuewa.gov/Other/Police/PolicyManual/23.00.030)"
)
LOCKLAND = "Lockland OH, 12-hour work days, B (codelibrary.amlegal.com/codes/lockland/latest/lockland_oh/0-0-0-440)"
NORTON = (
    "Norton OH, fees of police cars and officers, a (codelibrary.amlegal.com/codes/norton/latest/norton_oh/0-0-0-59381)"
)
NOTTINGHAMSHIRE = "Nottinghamshire Police Federation, an earlier start, NB (nottinghamshire.polfed.org/ufaqs)"
PETERBOROUGH = (
    "Peterborough ON, Hiring a Paid Duty Officer (peterboroughpolice.com/en/request/hiring-a-paid-duty-officer.aspx)"
)
PNB_SCOTLAND = "Police Officer Handbook, Scotland, 1.7 (pnb.scot/handbook/g-reinstatement-of-a-re-rostered-rest-day)"
SAHUARITA = "Sahuarita AZ, Off-Duty Rates and Requirements, 4 (fill.io/Sahuarita-Police-Department-9552e06e)"
SECONDARY_114 = "114.01, secondary employment, liquor (brainscape.com/flashcards/11401-secondary-employment-7839547)"
TEN_DAYS = "Ten Day Rule, signing up for overtime, a sheriff's agreements (lawinsider.com/clause/ten-day-rule)"
TOLEDO_TRADES = (
    "Toledo OH, officers, trading days off (codelibrary.amlegal.com/codes/toledo/latest/toledo_oh/0-0-0-123288)"
)
TRADES_COMMAND = "Trade days off, command officers, of the same rank (lawinsider.com/clause/trade-days-off)"
BELLEVILLE = "Belleville ON, Request a Paid Duty Officer (bellevilleps.ca/request-paid-duty-officer-form)"
CHARLTON = "Charlton MA, detail rates (townofcharlton.net/FAQ.aspx?QID=69)"
BLAINE = "Blaine MN, extra duty, staffing requirements (blainemn.gov/FAQ.aspx?QID=312)"
DALLAS_ALCOHOL = "Dallas TX, Police General Orders, 421.07 C 2, where alcohol is sold (barkingdogs.org/news/node/422)"
HONOLULU = "Honolulu HI, Request for Off Duty Officers, rate schedule (fill.io/Honolulu-Police-Department)"
KINGSTON = "Kingston ON, Request a Paid Duty Officer (forms.kingstonpolice.ca/Request-a-Paid-Duty-Officer)"
ST_CHARLES = "St. Charles IL, 2.34.030, proclamation of emergency (codebook.stcharlesil.gov, 234-civil-emergency)"
ST_LUCIE = (
    "St. Lucie County FL, off-duty detail procedures (stluciesheriff.com/204/Procedures-for-Off-Duty-Detail-Request)"
)
WESTON = (
    "Weston FL, 100.09 B 1 b, alcoholic beverages (codelibrary.amlegal.com/codes/weston/latest/weston_fl/0-0-0-3789)"
)
WESTWEGO = "Westwego LA, 4-137, policing of functions (westwego-la.elaws.us/code/coor_ch4_artiv_sec4-137)"
ILLUSTRATIVE = "illustrative"
