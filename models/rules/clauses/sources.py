"""Where the knobs come from: public policies and agreements that say what a knob lets a handbook say."""

AUBURN = "Auburn police agreement, art. 13.6, outside details (lawinsider.com/clause/outside-details)"
CALL_IN = "Patrol Overtime Call-In Procedure (lawinsider.com/clause/patrol-overtime-call-in-procedure)"
CALLING_HOURS = (
    "47 CFR 64.1200(c)(1), hours of telephone solicitation (edocket.access.gpo.gov/cfr_2008/octqtr/47cfr64.1200.htm)"
)
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
ROSTER = "Police union agreement, art. 15, private duty roster (hitpages.com/doc/4516016109387776, pp. 17-19)"
ROSTER_OVERTIME = "Police union agreement, art. 14, overtime by rotation (hitpages.com/doc/4516016109387776, p. 15)"
TORONTO = (
    "Toronto Police, paid duty rates (fightyourtickets.ca/paid-duty-toronto-police-cash-cow-continues-uninterrupted)"
)
ILLUSTRATIVE = "illustrative"
