"""The demo's tips. Every person, place name of a house, boat and conversation in them is invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class InventedTip:
    """What somebody types into the form: its language, and the fields by their names in the form."""

    language: str
    fields: dict[str, str] = field(default_factory=dict)


TIPS = (
    InventedTip(
        "es",
        {
            "offer": "CDG-3",
            "text": "Trabajo en un muelle y veo salir las lanchas de noche. Un hombre al que llaman El Zurdo "
            "decide quién sube y quién se queda. En marzo mandó salir una lancha con mal tiempo y no volvió. "
            "Guardo las matrículas de tres lanchas y puedo decir dónde duerme él los jueves.",
            "people": "El Zurdo, unos cincuenta años, le falta un dedo de la mano derecha",
            "places": "El muelle viejo, junto a la bodega azul",
            "dates": "Casi todos los jueves, después de las diez de la noche",
            "how": "saw",
            "may_ask": "1",
            "reward": "1",
        },
    ),
    InventedTip(
        "es",
        {
            "offer": "CDG-2",
            "text": "Llevo la contabilidad de una casa de cambio. Cada viernes entra efectivo en paquetes "
            "con cinta verde y sale como compra de ganado que no existe. El dueño de la finca es un nombre "
            "prestado. Tengo copias de los recibos de dos meses.",
            "places": "Casa de cambio La Ribera",
            "how": "there",
            "may_ask": "1",
        },
    ),
    InventedTip(
        "en",
        {
            "offer": "CDG-1",
            "text": "I drove a truck for a cousin's company last year. Twice the load was people, not "
            "bananas. The man who paid me used two telephones and the others called him 'the engineer'. He "
            "will be at a family party at the end of the month and I know where.",
            "people": "The one they call the engineer; drives a white pick-up with a cracked rear window",
            "dates": "The party is on the last Saturday of the month",
            "how": "there",
            "may_ask": "1",
            "reward": "1",
        },
    ),
    InventedTip(
        "es",
        {
            "text": "Mi hermana pasó por la selva y dice que en el segundo campamento cobran a las familias "
            "por cada niño. No quiero recompensa. Quiero que alguien lo sepa.",
            "places": "Segundo campamento, a un día del río",
            "how": "told",
        },
    ),
    InventedTip(
        "en",
        {
            "text": "There is a public page with boat tickets that are sold to people who want to cross. I "
            "think it is the same group. I can send the address if somebody asks me.",
            "how": "read",
            "may_ask": "1",
        },
    ),
)
