"""Where the clauses behind the tables come from. Public texts are cited; what is made up says so."""

ROSTER_14_3 = "Police union agreement, art. 14.3, overtime by rotation (hitpages.com/doc/4516016109387776, p. 15)"
ROSTER_15_CUT_OFF = (
    "Police union agreement, art. 15, private duty roster, cut-off on Thursday (hitpages.com/doc/4516016109387776/19)"
)
ROSTER_15_2 = "Police union agreement, art. 15.2, private duty roster (hitpages.com/doc/4516016109387776, pp. 17-19)"
AUBURN_13_6 = "Auburn police agreement, art. 13.6, outside details (lawinsider.com/clause/outside-details)"
LOWEST_HOURS_3B = (
    "Police agreement, Off-Duty Detail Scheduling, 3.b (markettransfer.info/clause/off-duty-detail-scheduling)"
)
LEXINGTON_64B = "Lexington MA, Policy 64B, Paid Details, p. 7 (records.lexingtonma.gov/WebLink/0/doc/421675)"
ORDER_12_1_6_8 = (
    "Departmental Order 12, ch. 1, 1.6.8, hours of extra duty (quizgecko.com/upload/9MWRw5LCIodrx2uZP0LAr9C1w3carUzv)"
)
ORDER_12_NO_SHOW = "Departmental Order 12, ch. 1, no-shows (quizgecko.com/upload/xVrz9jp5G5oUaFtHcb7HcuxL3PRSk8NT)"
OFF_DUTY_70 = "Off-Duty Details policy, 70 hours a week and (5) rest (fla-pac.org/pac-requests/reply/18818)"
CORAL_SPRINGS_29D = (
    "Coral Springs FL, FOP agreement, art. 29 D (issuu.com/coralsprings/docs/cba_fop_1_officers_final_cb_)"
)
OXFORD_CANCELLED = "Oxford MA, Detail Request Form, a cancelled duty (oxfordma.us/739)"
EQUAL_BY_DIVISION = (
    "Equalization of overtime, four agreements, b, d (lawinsider.com/dictionary/equalization-of-overtime)"
)
NASHUA_MASTER = "Nashua NH, P, master overtime list, 5-8 (nashuacity.com/index.php/node/13367)"
LOWEST_AT_THE_DESK = "Equalization of overtime, 4 (lawinsider.com/clause/equalization-of-overtime/_8)"
OVERTIME_RECORD_2B = "Overtime record, sergeants' agreements, 2 b (lawinsider.com/clause/overtime-record/_2)"
SHIFT_OVERTIME = "Shift overtime, agreements of police bureaus (lawinsider.com/clause/shift-overtime/_2)"
SPECIAL_EVENTS = "Special events, a police agreement (lawinsider.com/clause/for-police-officers-and-sergeants/_1)"
SUNNY_ISLES_18 = "Sunny Isles Beach FL, agreement, art. 18 (docucenter.sibfl.net/WebLink/0/doc/2188600, p. 27)"
ROSTER_15_1 = "Police union agreement, art. 15.1, rate of private work (hitpages.com/doc/4516016109387776, p. 17)"
MEDFIELD_A2 = "Medfield MA, police agreement, extra paid details, A 2 (lawinsider.com/clause/extra-paid-details)"
ILLUSTRATIVE = "illustrative"
