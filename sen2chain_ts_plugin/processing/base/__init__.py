"""What algorithms share: parameters, and the bases of those that take zones, an extraction or a job."""
