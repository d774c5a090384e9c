"""What the made-up stories are made of: parts of sentences in English and in French, names of people, places, things.

Every sentence is: an opening, who, where, does, what, how much, what for, when. Nobody and nothing here exists but the
places; words recur as in a trade newspaper, so that a search for two of them finds much.
"""

from __future__ import annotations

from dataclasses import dataclass

# In one text each, to be split.
FIRST_NAMES = "Abla Amadou Bintou Codjo Djibril Efua Fanta Gisèle Hervé Ifeoma Joël Kadiatou Lamine Maïmouna Noël"
LAST_NAMES = "Agossou Bamba Coulibaly Dossou Essien Fofana Gbaguidi Houngbédji Ibrahim Kone Lawson Mvondo Nzé"
PLACES = (
    "Abidjan Accra Bamako Bangui Brazzaville Conakry Cotonou Dakar Douala Freetown Kano Kigali Kumasi Lagos Libreville "
    "Lomé Malabo Monrovia N’Djamena Niamey Nouakchott Ouagadougou Parakou Praia Yaoundé"
)
SECTIONS = "Agriculture Culture Economy Energy Finance Health Infrastructure Mining Politics Technology"
TOPICS = (
    "Airports Banks Bridges Budgets Cashew Cement Cocoa Coffee Cotton Courts Customs Dams Debt Drones Elections "
    "Exports Fibre Fishing Fuel Gas Gold Harvests Hospitals Housing Imports Insurance Irrigation Labour Livestock "
    "Loans Maize Markets Mobile Oil Pensions Ports Poultry Prices Rail Rice Roads Satellites Savings Schools Shea "
    "Shipping Solar Strikes Sugar Taxes Telecoms Tenders Timber Tourism Trains Transit Uranium Vaccines Water "
    "Wind"
)
SYLLABLES = (
    "ba be bo de di fa fo ga go ka ke ki ko la le lo ma me mo na ni no pa ra re ri ro sa se so ta te ti to wa ya yo"
)
COMPANIES = "Cargo Énergie Farms Finance Foods Holding Lines Mines Telecom Works"


@dataclass(frozen=True)
class Language:
    """The parts of its sentences; in `wholes` and in `quotes`, {} is where something is filled in."""

    code: str
    openings: tuple[str, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]
    does: tuple[str, ...]
    what: tuple[str, ...]
    amounts: tuple[str, ...]
    purposes: tuple[str, ...]
    times: tuple[str, ...]
    headline: str
    quote: str
    subheadings: tuple[str, ...]


ENGLISH = Language(
    code="en",
    openings=(
        "",
        "",
        "",
        "",
        "According to people who saw the papers, ",
        "After two years of talks, ",
        "As the dry season begins, ",
        "At a meeting on Tuesday, ",
        "For the first time, ",
        "Last month, ",
        "Under the new rules, ",
        "While prices go on rising, ",
        "With a loan of the regional bank, ",
    ),
    who=(
        "a group of eleven lenders",
        "a young start-up",
        "the association of hauliers",
        "the central bank",
        "the competition authority",
        "the cooperative of growers",
        "the customs office",
        "the finance committee",
        "the grid operator",
        "the harbour master",
        "the health ministry",
        "the largest employer",
        "the national airline",
        "the owners of the mill",
        "the parliament",
        "the pension fund",
        "the public works department",
        "the railway company",
        "the roads agency",
        "the statistics bureau",
        "the telecoms regulator",
        "the union of teachers",
        "the water utility",
        "{}",
        "{}",
        "{}",
    ),
    where=("in {}", "near {}", "north of {}", "outside {}", "at the gates of {}", "between {} and the coast"),
    does=(
        "asks for",
        "cancels",
        "delays",
        "doubles",
        "expects",
        "has agreed on",
        "has begun to build",
        "has put on sale",
        "has signed for",
        "is looking for",
        "may lose",
        "opens",
        "plans",
        "promises",
        "publishes",
        "refuses to pay for",
        "repairs",
        "takes over",
        "will audit",
        "will share",
        "withdraws",
    ),
    what=(
        "a cold store for fish",
        "a credit line for small traders",
        "a cut in the price of fertiliser",
        "a fleet of electric buses",
        "a map of every village road",
        "a plant that turns husks into power",
        "a register of land titles",
        "a second runway",
        "a solar farm with batteries",
        "a survey of household spending",
        "a tax on empty containers",
        "a tender for school meals",
        "an undersea cable",
        "its debt to suppliers",
        "new weighing stations",
        "the concession of the inland terminal",
        "the export quota for raw nuts",
        "the licence of the fourth operator",
        "the line to the mining district",
        "the old market hall",
        "the payroll of local councils",
        "the purchase of six locomotives",
        "the reform of the land court",
        "the rules for mobile payments",
        "vaccines for half a million cattle",
    ),
    amounts=(
        "",
        "",
        "for {} million francs",
        "worth {} billion francs",
        "at {} dollars a tonne",
        "with {} jobs",
        "over {} kilometres",
        "of {} megawatts",
        "which is {} per cent more than a year ago",
    ),
    purposes=(
        "",
        "so that lorries wait hours rather than days",
        "to bring down the cost of a loan",
        "to keep the harvest from rotting",
        "to pay teachers on time",
        "because the rains came late",
        "although two bidders have complained",
        "as neighbours have done already",
        "without raising fares",
        "in return for a seat on the board",
    ),
    times=(
        "",
        "before the end of the year",
        "by the next harvest",
        "from the first of July",
        "in the third quarter",
        "over the next five years",
        "until the courts decide",
        "within ninety days",
    ),
    headline="{place}: {who} {does} {what}",
    quote="“{}”",
    subheadings=(
        "What happens next",
        "Who pays for it",
        "An old quarrel",
        "More than money",
        "Doubts on the ground",
        "A question of trust",
        "The neighbours watch",
        "Work for years",
    ),
)

FRENCH = Language(
    code="fr",
    openings=(
        "",
        "",
        "",
        "",
        "Après deux ans de discussions, ",
        "Au cours d’une réunion mardi, ",
        "Avec un prêt de la banque régionale, ",
        "D’après plusieurs personnes qui ont lu le dossier, ",
        "Depuis le début de la saison sèche, ",
        "En dépit de la hausse des prix, ",
        "Le mois dernier, ",
        "Pour la première fois, ",
        "Selon les nouvelles règles, ",
    ),
    who=(
        "l’agence des routes",
        "l’association des transporteurs",
        "l’autorité de la concurrence",
        "l’observatoire de la statistique",
        "la banque centrale",
        "la caisse de retraite",
        "la commission des finances",
        "la compagnie aérienne nationale",
        "la coopérative des planteurs",
        "la direction du port",
        "la régie des eaux",
        "la société des chemins de fer",
        "le gestionnaire du réseau électrique",
        "le ministère de la Santé",
        "le parlement",
        "le premier employeur du pays",
        "le propriétaire du moulin",
        "le régulateur des télécoms",
        "le service des douanes",
        "le syndicat des enseignants",
        "un groupe de onze prêteurs",
        "une jeune entreprise",
        "{}",
        "{}",
        "{}",
    ),
    where=("à {}", "près de {}", "au nord de {}", "aux portes de {}", "dans la région de {}", "entre {} et la côte"),
    does=(
        "a commencé à construire",
        "a mis en vente",
        "a signé pour",
        "annule",
        "attend",
        "cherche",
        "contrôlera",
        "demande",
        "double",
        "ouvre",
        "partagera",
        "pourrait perdre",
        "prépare",
        "promet",
        "publie",
        "refuse de payer",
        "répare",
        "reporte",
        "reprend",
        "retire",
        "s’accorde sur",
    ),
    what=(
        "l’achat de six locomotives",
        "l’ancienne halle du marché",
        "la baisse du prix des engrais",
        "la carte de toutes les pistes rurales",
        "la concession du terminal intérieur",
        "la ligne vers le district minier",
        "la licence du quatrième opérateur",
        "la paie des communes",
        "la réforme du tribunal foncier",
        "le quota d’exportation des noix brutes",
        "le règlement des paiements mobiles",
        "sa dette envers les fournisseurs",
        "un appel d’offres pour les cantines scolaires",
        "un câble sous-marin",
        "un cadastre des terres",
        "un entrepôt frigorifique pour le poisson",
        "un parc d’autobus électriques",
        "un parc solaire avec des batteries",
        "une centrale qui brûle des coques",
        "une deuxième piste",
        "une enquête sur les dépenses des ménages",
        "une ligne de crédit pour les petits commerçants",
        "une taxe sur les conteneurs vides",
        "de nouvelles stations de pesage",
        "des vaccins pour un demi-million de bovins",
    ),
    amounts=(
        "",
        "",
        "pour {} millions de francs",
        "d’une valeur de {} milliards de francs",
        "à {} dollars la tonne",
        "avec {} emplois",
        "sur {} kilomètres",
        "soit {} mégawatts",
        "soit {} pour cent de plus qu’il y a un an",
    ),
    purposes=(
        "",
        "afin que les camions attendent des heures plutôt que des jours",
        "afin de réduire le coût du crédit",
        "pour que la récolte ne pourrisse pas",
        "pour payer les enseignants à temps",
        "parce que les pluies sont venues tard",
        "bien que deux candidats aient protesté",
        "comme l’ont déjà fait les voisins",
        "sans relever les tarifs",
        "en échange d’un siège au conseil",
    ),
    times=(
        "",
        "avant la fin de l’année",
        "d’ici à la prochaine récolte",
        "à partir du premier juillet",
        "au troisième trimestre",
        "pendant les cinq prochaines années",
        "jusqu’à la décision des juges",
        "sous quatre-vingt-dix jours",
    ),
    headline="{place} : {who} {does} {what}",
    quote="« {} »",
    subheadings=(
        "Ce qui vient ensuite",
        "Qui paiera",
        "Une vieille querelle",
        "Plus que de l’argent",
        "Des doutes sur le terrain",
        "Une affaire de confiance",
        "Les voisins observent",
        "Du travail pour des années",
    ),
)
LANGUAGES = (ENGLISH, FRENCH)
