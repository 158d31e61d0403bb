"""Sentences of our own in a memorandum's record, in English and Spanish; officers' words stay as they were typed."""

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Reward under offer {offer}: {kind}", "Recompensa según la oferta {offer}: {kind}"),
    "purpose": (
        "To decide on a reward for {sources}, nominated by {agency}, which asks for {amount}.",
        "Decidir sobre una recompensa para {sources}, propuesta por {agency}, que solicita {amount}.",
    ),
    "one-source": ("one source", "una fuente"),
    "sources": ("{number} sources", "{number} fuentes"),
    "office": ("Clerk of the committee on rewards", "Secretaría del comité de recompensas"),
    "authority": (
        "{authority}; rule sheet {sheet} {number}, {citation}",
        "{authority}; hoja de normas {sheet} {number}, {citation}",
    ),
    "condition": ("{place}: {outcome}, paragraphs {paragraphs}", "{place}: {outcome}, párrafos {paragraphs}"),
    "arrest_and_or_conviction": ("arrest and/or conviction", "arresto y/o condena"),
    "disruption_of_financial_mechanisms": (
        "disruption of financial mechanisms", "interrupción de mecanismos financieros",
    ),
    "identification_or_location": ("identification or location", "identificación o ubicación"),
    "prevention_or_dismantling": (
        "prevention, frustration or dismantling", "prevención, frustración o desmantelamiento",
    ),
    "arrest": ("Arrest", "Arresto"),
    "charge": ("Charge", "Acusación"),
    "conviction": ("Conviction", "Condena"),
    "transfer": ("Transfer to a court", "Entrega a un tribunal"),
    "disruption-of-financial-mechanisms": (
        "Disruption of financial mechanisms", "Interrupción de mecanismos financieros",
    ),
    "seizure": ("Seizure", "Incautación"),
    "identification-of-leader": ("Identification of a leader", "Identificación de un líder"),
    "location-of-leader": ("Location of a leader", "Ubicación de un líder"),
    "prevention-or-dismantling": (
        "Prevention, or dismantling of an organisation", "Prevención, o desmantelamiento de una organización",
    ),
    "told": ("See finding {finding}, row {number}.", "Véase el hallazgo {finding}, fila {number}."),
    "used": ("{how} ({on})", "{how} ({on})"),
    "known-no": ("No, it was new.", "No, era nueva."),
    "known-partly": ("Partly.", "En parte."),
    "known-yes": ("Yes, all of it.", "Sí, por completo."),
    "known-since": ("Since {on}.", "Desde el {on}."),
    "uncorroborated": ("None is stated.", "No consta."),
    "scored": ("{member}, source\u00a0{source}", "{member}, fuente\u00a0{source}"),
    "as-nominated": ("As nominated", "Según la propuesta"),
    "no-reward": ("No reward", "Ninguna recompensa"),
    "motion": ("Motion {number}: {text}", "Moción {number}: {text}"),
    "objected": ("The Attorney General does not concur: {reason}", "El Fiscal General no da su conformidad: {reason}"),
    "minuted": ("Kept in the minutes.", "Consta en el acta."),
    "decided-by": ("{name}, {how}", "{name}, {how}"),
    "personally": ("in person", "personalmente"),
    "delegated": ("by delegation {ref}", "por delegación {ref}"),
    "protection-open": ("Not settled yet.", "Por determinar."),
    "protection-planned": (
        "Protective payment measures are planned; the plan is kept apart.",
        "Hay medidas de protección previstas para el pago; el plan se custodia aparte.",
    ),
    "protection-none": (
        "No protective measures were found to be needed.", "No se consideran necesarias medidas de protección.",
    ),
    "money": ("Money", "Dinero"),
    "item": ("An item", "Un objeto"),
    "crypto": ("Cryptocurrency", "Criptomoneda"),
    "cash-by-number": ("Cash, by number", "Efectivo, por número"),
    "secretary": ("The Secretary", "El Secretario"),
    "delegate": ("The Secretary’s delegate", "El delegado del Secretario"),
    "attorney": ("For the Attorney General", "Por el Fiscal General"),
    "member": ("The board", "La junta"),
    "committee": ("Members of the committee who were not recused", "Miembros del comité no apartados por conflicto"),
    "file": ("File of the award", "Expediente de la recompensa"),
}  # fmt: skip


def phrase(name: str, language: str, /, **facts: object) -> str:
    """The sentence `name` in `language`, with its facts; a name without a sentence stands for itself."""
    said = PHRASES.get(name)
    return name if said is None else said[language == "es"].format(**facts)
