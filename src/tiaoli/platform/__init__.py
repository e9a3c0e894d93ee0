"""
Where an application goes: the platform that carries a person from "do I qualify?" to a certificate.

It knows no regulation by name: rules, forms, states, fees and deadlines come from the catalogue.
Each folder is a Django app and may import those before it, never those after:

    audit          who did what, in a chain that shows every change; how an action is taken
    people         organisations, persons, accounts, who holds which role when
    portfolio      the facts about a person, their evidence, and the dossier made of them
    fees           notices, statements, receipts, refunds
    certificates   what was issued, its status, its public page
    applications   a declared procedure, run
    reviews        who looks at a file, and what they find
    reminders      what is about to happen, told to whom it concerns
    world          an invented world to show all of this in
    web            the pages: what a person sees, and nothing decided

Dates are asked of ``clock`` alone; words in two languages are ``Label``, as everywhere else.
"""
