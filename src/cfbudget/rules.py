"""Every rule a plan is held to: its code, how grave it is, and its title.

A code is never used for another rule. `docs/rules.md` has a row for each, and
`tests/rules/` the smallest plan that breaks it.
"""

from cfbudget.problem import Rule

# CF1xx: reading. The file, its YAML and each written value.
NO_PLAN = Rule("CF101", "error", "the folder is missing or holds no plan file")
UNREADABLE = Rule("CF102", "error", "a file cannot be read")
NOT_UTF8 = Rule("CF103", "error", "a file is not UTF-8 text")
NOT_YAML = Rule("CF104", "error", "a file is not YAML")
TOO_LARGE = Rule("CF105", "error", "a file, a value or its nesting is too large")
NO_ALIASES = Rule("CF106", "error", "YAML anchors, aliases and tags are not used in a plan")
DUPLICATE_KEY = Rule("CF107", "error", "a key stands twice in one mapping")
NEAR_MISS = Rule("CF108", "error", "a file's name is nearly that of a plan file")
UNKNOWN_KEY = Rule("CF109", "error", "an unknown key")
MISSING_KEY = Rule("CF110", "error", "a required key is missing")
WRONG_SHAPE = Rule("CF111", "error", "a list, a mapping or a single value was expected")
NOT_AN_AMOUNT = Rule("CF112", "error", "a figure cannot be read as money")
NOT_A_YEAR = Rule("CF113", "error", "a financial year cannot be read")
NOT_A_CHOICE = Rule("CF114", "error", "a word is not one of those that may stand here")
BAD_TEXT = Rule("CF115", "error", "a text is empty, too long or holds control characters")
BAD_ID = Rule("CF116", "error", "an id is not lower-case words joined by hyphens, or is reserved")
CONTROL_CHARACTER = Rule("CF117", "error", "a file holds a control character")
NOT_A_RATE = Rule("CF118", "error", "a rate cannot be read")
TWO_FORMS = Rule("CF119", "error", "a table stands in two files of the folder")
UNREAD_FILE = Rule("CF120", "notice", "a YAML file of the folder is not read")

# CF2xx: consistency. Figures and names that contradict each other.
REPEATED_ID = Rule("CF201", "error", "an id is used twice")
REPEATED_YEAR = Rule("CF202", "error", "a year, or a year's revenue budget, stands twice")
UNKNOWN_SERVICE = Rule("CF203", "error", "an unknown service")
YEAR_OUTSIDE = Rule("CF204", "error", "a year outside the plan")
FUNDS_NOTHING_KNOWN = Rule("CF205", "error", "funds names an option that is not in the plan")
FUNDS_NO_SAVING = Rule("CF206", "error", "funds names an option that saves nothing")
BROKEN_RUN = Rule("CF207", "error", "contains_options_of is not a run from the first year")
BROKEN_YEARS = Rule("CF208", "error", "financial_years is empty, or has a gap or a wrong order")
AMOUNTS = Rule("CF209", "error", "a service has too many amounts, or none")
LEVEL_MISSING = Rule("CF210", "error", "a level is missing for a year of the plan")
LEVEL_ONE_OFF = Rule("CF211", "error", "recurs: false under basis: level")
REPEATED_BLOCK = Rule("CF212", "error", "a service has two blocks of options")
NOT_AN_INVESTMENT = Rule("CF213", "error", "what is no investment is marked as invest to save")
UNKNOWN_ACCEPTED = Rule("CF214", "error", "accepted names a code that is not a warning's")
REVERSED_TWICE = Rule("CF215", "error", "a one-off takes back its own change")
UNKNOWN_GROUP = Rule("CF216", "error", "a stated group is none of the options', or stands twice")
LEVEL_FTE = Rule("CF217", "error", "fte under basis: level")
BEFORE_MISPLACED = Rule("CF218", "error", "before or new_in does not fit the plan's years")
NOT_AN_ASSUMPTION = Rule("CF221", "error", "an assumption says too much, or too little")
RATE_MISSING = Rule("CF222", "error", "an assumption has no rate for a year")
UNKNOWN_BASE = Rule("CF223", "error", "an assumption is of what its budget does not have")
NAMED_AMOUNT = Rule("CF224", "error", "a named amount is more than what it is a part of")
FUNDING_MISSING = Rule("CF230", "error", "a funding line has no figure for a year")
FUNDING_FIGURES = Rule("CF231", "error", "a funding line has too many figures, or too few")
NOT_OF_A_CASH_LIMIT = Rule("CF232", "error", "a cash limit has council tax or reserves")
UNKNOWN_RESERVE = Rule("CF233", "error", "funding uses a reserve that reserves.yaml does not have")
FUND_WITHIN = Rule("CF241", "error", "a service is of another fund than the one it is within")
UNKNOWN_FUND = Rule("CF242", "error", "an unknown fund")
OTHER_FUND = Rule("CF243", "error", "a service is of another fund in another year")
FENCED_RESERVE = Rule("CF244", "error", "funding uses a ring-fenced reserve")
WAS_PRESENT = Rule("CF251", "error", "was names a line that is in the plan")
WAS_TWICE = Rule("CF252", "error", "two lines say that they were one, or one that it was two")

# CF3xx: reconciliation. Printed totals against computed ones, one year's plan against the next.
DIFFERS = Rule("CF301", "error", "a stated figure differs from the computed one")
LARGE_ROUNDING = Rule("CF302", "warning", "a rounding difference is unusually large")
OTHER_MOVEMENTS = Rule("CF303", "notice", "a later budget differs from the projection")
NOT_KNOWN = Rule("CF304", "notice", "an amount is not yet known")
DRAWN_OTHERWISE = Rule("CF310", "error", "a reserve is drawn by another amount than funding uses")
NOT_FINANCED = Rule("CF321", "error", "capital spending is not what its financing comes to")

# CF4xx: meaning. Labels and figures that say different things.
SIGN_AGAINST_KIND = Rule("CF401", "warning", "an option has the sign that its kind has not")
INVESTS_FOR_NOTHING = Rule("CF402", "warning", "an invest to save funds nothing")
UNMARKED_PAIR = Rule("CF403", "warning", "an investment shares a saving's name without a mark")
REVERSES_TO_NIL = Rule("CF404", "warning", "an option reverses to nil")
REVERSES_IN_PART = Rule("CF405", "warning", "an option reverses in part")
NAME_AGAINST_KIND = Rule("CF406", "warning", "a name says the opposite of its kind")
NAME_OF_ANOTHER = Rule("CF407", "warning", "an option bears the name of another service")
TOTAL_AGAINST_LABEL = Rule("CF408", "warning", "a total called savings is a cost increase")
CONTAINS_LATER = Rule("CF409", "warning", "a budget is said to contain a later year's options")
FILE_NAME_YEAR = Rule("CF410", "warning", "a revenue file is named for another year")
MOVED_SERVICE = Rule("CF411", "warning", "a service stands elsewhere in another year")
INCOME_PLUS = Rule("CF412", "warning", "an income is plus, or a gross is minus")
ALLOCATION_MINUS = Rule("CF413", "warning", "a capital allocation is minus")
OUT_OF_SCALE = Rule("CF414", "warning", "two files are out of scale with each other")
SAVING_OVER_BUDGET = Rule("CF415", "warning", "a saving is larger than its service's budget")
REPEATED_NAME = Rule("CF416", "warning", "a name stands twice in one place")
RENAMED_ID = Rule("CF417", "warning", "a service has another id in a later budget")
CONTAINS_LESS = Rule("CF418", "warning", "a later budget contains fewer options")
UNUSED_BUDGET = Rule("CF419", "warning", "no year of the plan stands on a budget")
STALE_ACCEPTED = Rule("CF420", "warning", "an accepted warning does not arise")
TWO_SPELLINGS = Rule("CF421", "warning", "a category, portfolio or owner is written in two ways")
REPEATED_REF = Rule("CF422", "warning", "a ref stands on two options")
FINANCING_MINUS = Rule("CF423", "warning", "financing is minus")
FUNDING_PLUS = Rule("CF430", "warning", "a funding line is plus")
BELOW_FLOOR = Rule("CF431", "warning", "a reserve falls below its floor, or below nil")
DRAWN_FOR_NOTHING = Rule("CF432", "warning", "a reserve is drawn and no funding uses it")
FUNDING_YEARS = Rule("CF433", "warning", "funding and net budgets are of other years")
RESERVE_MINUS = Rule("CF434", "warning", "a draw or a contribution is minus")
COUNCIL_TAX_APART = Rule(
    "CF435", "warning", "a tax base or a Band D is nil, or moves by over a half"
)
LINE_APART = Rule("CF436", "warning", "a funding line is ten times the year before, or a tenth")
OPENING_APART = Rule("CF437", "warning", "a reserve opens with over ten times the net budget")
CALLED_OTHERWISE = Rule("CF438", "warning", "funding calls a reserve by another's name")
OPEN_FENCE = Rule("CF441", "warning", "a ring-fenced fund neither balances nor moves its reserves")

# CF5xx: scenarios. What a change is aimed at, and what several changes do to each other.
UNKNOWN_TARGET = Rule("CF501", "error", "a change is aimed at what the plan does not have")
NOT_A_CHANGE = Rule("CF502", "error", "a change says nothing that a scenario can do, or several")
NOT_A_SHARE = Rule("CF503", "error", "a share or a number of years cannot be read")
DOES_NOT_FIT = Rule("CF504", "error", "a change does not fit what the plan holds")
INCLUDED_AGAIN = Rule("CF505", "error", "a scenario includes itself, or a file twice")
ORDER_MATTERS = Rule("CF506", "error", "the order of two changes matters")
CHANGES_DROPPED = Rule("CF507", "error", "a change is made of what another one drops")
GROUP_OF_DROPPED = Rule("CF508", "warning", "a change of a group does not reach what is dropped")
MOVED_APART = Rule("CF509", "warning", "a saving and its invest to save move apart")
ALREADY_SO = Rule("CF510", "warning", "a change changes nothing")
INCOME_AGAINST = Rule("CF511", "warning", "income stands against a gross that is uplifted")
UPLIFTS_APART = Rule("CF535", "warning", "uplifts of one base do not compound")
OUT_OF_LINE = Rule("CF536", "warning", "a figure or share is out of scale with what it replaces")
NOT_IN_FILES = Rule("CF540", "error", "a change cannot be written into the plan's files")

# CF6xx: workbooks and imports. What comes back, against the plan.
UNREADABLE_BOOK = Rule("CF601", "error", "a file cannot be read as a workbook")
NOT_A_BOOK = Rule("CF602", "error", "a workbook is not one that cfbudget export wrote")
INPUT_CHANGED = Rule("CF603", "error", "an input is not the plan's")
STATED_CHANGED = Rule("CF604", "error", "a stated figure is not the plan's")
FORMULA_CHANGED = Rule("CF605", "error", "a formula is altered, or something stands in its place")
RESULT_WRONG = Rule("CF606", "error", "a stored result is not what the inputs come to")
ROW_MISSING = Rule("CF607", "error", "a row is missing")
ROW_ADDED = Rule("CF608", "error", "a row is added or repeated")
SHEET_MISSING = Rule("CF609", "error", "a sheet or a column is missing")
TEXT_CHANGED = Rule("CF610", "error", "a text or a fixed value is altered")
NAME_CHANGED = Rule("CF611", "error", "a defined name is missing or leads elsewhere")
BOOK_HOLDS_MORE = Rule("CF612", "error", "a workbook holds macros or links to other workbooks")
OTHER_FILES = Rule(
    "CF613", "notice", "the plan's files are not those that a workbook was made from"
)
NO_RESULTS = Rule("CF614", "notice", "a workbook has no stored results")
HIDDEN_SHEET = Rule("CF615", "notice", "a sheet is hidden")
OTHER_PLAN = Rule("CF616", "error", "a workbook is of another plan")
OTHER_VERSION = Rule("CF617", "notice", "another version of cfbudget wrote a workbook")
OTHER_SHEET = Rule("CF618", "notice", "a sheet is none that cfbudget export writes")
HOLDS_SCENARIO = Rule("CF619", "notice", "a workbook holds a scenario besides the plan")

# Printed tables that are cast.
UNREADABLE_TABLE = Rule("CF620", "error", "a printed table cannot be read")

# Workbooks that come back, too.
FIGURES_APART = Rule("CF621", "notice", "figures stand apart from the tables of a sheet")

# CF7xx: many plans. What a map to common headings says of their services.
MAPPED_TWICE = Rule("CF701", "error", "a map counts a service twice")

ALL = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
"""Every rule, in the order of the codes."""

ACCEPTABLE = tuple(rule.code for rule in ALL if rule.severity == "warning" and rule.code < "CF5")
"""The warnings about a plan, which it may say are all right. A scenario's are not a plan's."""
