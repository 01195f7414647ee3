"""One page -> one Article. Pure: no framework, database, network, process or clock."""
