"""Many plans: found below folders, each worked on by itself, and what they come to together.

`found_plans` names them; `plan_work` does one of them, wherever that runs, and writes its records
as a partition of its own; `local_pool` does them all on this machine, in their order.

Where that outgrows one machine, `cluster_plans` has the same work done by the workers of a Dask
cluster: `scheduler` reaches it, and `cluster` does tasks there, in their order, whoever dies.
"""
